package io.leakguard;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Starts virtual threads from code that is compiled for a JDK without them. */
final class VirtualThreadStarter {
  private VirtualThreadStarter() {}

  /** Skips the test where there are no virtual threads. */
  static void assumeThereAre() {
    assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(21);
  }

  static Thread start(String name, Runnable body) {
    try {
      Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Object named = type.getMethod("name", String.class).invoke(builder, name);
      return (Thread) type.getMethod("start", Runnable.class).invoke(named, body);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Starts one and returns when it waits. */
  static Thread startWaiting(String name, Runnable body) {
    Thread thread = start(name, body);
    BlockedThread.awaitWaiting(thread);
    return thread;
  }

  static ExecutorService newPerTaskExecutor() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Ends a thread that an interrupt ends. */
  static void end(Thread thread) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (thread.isAlive()) {
      thread.interrupt();
      LockSupport.unpark(thread);
      LockSupport.parkNanos(100_000);
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the test leaves a virtual thread behind: " + thread);
      }
    }
  }
}
