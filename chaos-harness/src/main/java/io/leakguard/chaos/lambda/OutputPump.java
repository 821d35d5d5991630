package io.leakguard.chaos.lambda;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread that keeps the pipes of all running children from filling up. It looks at them
 * every two milliseconds, and without a pause while there is much to take; a pipe holds 64 KB.
 */
final class OutputPump implements AutoCloseable {
  private static final long SHORTEST = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int MUCH = 16 * 1024;

  private final List<ChildOutput> outputs = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "lambda-output");
  private volatile boolean closed;

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  void add(ChildOutput output) {
    outputs.add(output);
    wake();
  }

  void remove(ChildOutput output) {
    outputs.remove(output);
  }

  /** To be called when an output was resumed. */
  void wake() {
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    closed = true;
    wake();
  }

  private void run() {
    long pause = LONGEST;
    while (!closed) {
      boolean running = false;
      int taken = 0;
      for (ChildOutput output : outputs) {
        if (!output.isPaused()) {
          running = true;
          taken = Math.max(taken, output.drain());
        }
      }
      pause = taken > 0 ? SHORTEST : Math.min(LONGEST, pause * 2);
      if (!running) {
        LockSupport.park(this);
      } else if (taken < MUCH) {
        LockSupport.parkNanos(this, pause);
      }
    }
  }
}
