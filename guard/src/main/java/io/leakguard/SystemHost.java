package io.leakguard;

import java.io.PrintStream;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The process that this runs in. */
final class SystemHost implements Host {
  @Override
  public String variable(String name) {
    return System.getenv(name);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void pause(long nanos) {
    // A handler may return with its interrupt flag set: parking would then not wait, and
    // sleeping would clear the flag that the caller is to see.
    boolean interrupted = Thread.interrupted();
    try {
      long deadline = System.nanoTime() + nanos;
      for (long left = nanos; left > 0; left = deadline - System.nanoTime()) {
        LockSupport.parkNanos(left);
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public PrintStream out() {
    return System.out;
  }

  @Override
  public void log(String line) {
    GuardLog.line(line);
  }
}
