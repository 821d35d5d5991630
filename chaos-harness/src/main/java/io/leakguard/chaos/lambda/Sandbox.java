package io.leakguard.chaos.lambda;

import io.leakguard.chaos.process.ChildProcess;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The process of an environment, with its output and whether it is frozen. On the event loop. */
final class Sandbox {
  private final EnvironmentId id;
  private final EnvironmentListener listener;
  private final ChildProcess process;
  private final ChildOutput output;
  private final OutputPump pump;
  private boolean frozen;
  private boolean starved;
  private Future<?> starving;

  Sandbox(EnvironmentId id, ChildProcess process, OutputPump pump, EnvironmentListener listener) {
    this.id = id;
    this.listener = listener;
    this.process = process;
    this.pump = pump;
    this.output = new ChildOutput(id, listener, process.output(), process.errorOrFramedLog());
    pump.add(output);
  }

  ChildOutput output() {
    return output;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it was told to stop and the kernel shows it as stopped. */
  boolean isStopped() {
    return frozen && process.isFrozen();
  }

  void freeze() {
    if (!frozen) {
      output.drain();
      process.freeze();
      output.pause();
      frozen = true;
      listener.environmentFrozen(id, true);
    }
  }

  void thaw() {
    if (frozen) {
      process.thaw();
      resume();
      frozen = false;
      listener.environmentFrozen(id, false);
    }
  }

  /**
   * Lets it run and stops it in turn as long as it works.
   *
   * @param share null to let it run
   */
  void starve(CpuShare share, EventLoop loop, BooleanSupplier works) {
    if (starving != null) {
      starving.cancel(false);
    }
    feed();
    if (share != null) {
      starving = later(loop, share.runs(), () -> pause(share, loop, works));
    }
  }

  private void pause(CpuShare share, EventLoop loop, BooleanSupplier works) {
    if (works.getAsBoolean()) {
      starved = true;
      process.freeze();
      starving = later(loop, share.stopped(), () -> starve(share, loop, works));
    }
  }

  private void feed() {
    if (starved && !frozen) {
      process.thaw();
    }
    starved = false;
  }

  private static Future<?> later(EventLoop loop, Duration delay, Runnable task) {
    return loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  void kill() {
    process.kill();
    resume();
  }

  /** The process is gone: takes the rest of its output. */
  void bury() {
    pump.remove(output);
    output.close();
  }

  private void resume() {
    output.resume();
    pump.wake();
  }
}
