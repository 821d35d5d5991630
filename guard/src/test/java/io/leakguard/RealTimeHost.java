package io.leakguard;

import java.io.PrintStream;
import java.time.Instant;

/** A fake host in real time, for races that only real time can lose. */
final class RealTimeHost implements Host {
  private final FakeHost output;
  private final Host real = Host.system();

  RealTimeHost(FakeHost output) {
    this.output = output;
  }

  @Override
  public String variable(String name) {
    return output.variable(name);
  }

  @Override
  public long nanoTime() {
    return real.nanoTime();
  }

  @Override
  public void pause(long nanos) {
    real.pause(nanos);
  }

  @Override
  public Instant now() {
    return output.now();
  }

  @Override
  public PrintStream out() {
    return output.out();
  }

  @Override
  public void log(String line) {
    output.log(line);
  }
}
