package io.leakguard.junit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Threads that the samples leave behind, until the test about them has ended. */
final class Leaks {
  private static final List<Leaked> LEAKED = new CopyOnWriteArrayList<>();

  private Leaks() {}

  /** A thread that stays until it is released. */
  record Leaked(Thread thread, CountDownLatch release) implements AutoCloseable {
    @Override
    public void close() {
      release.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Starts one and returns when it waits. */
  static Leaked start(String name) {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    Thread thread = new Thread(() -> stay(running, release), name);
    thread.setDaemon(true);
    thread.start();
    Leaked leaked = new Leaked(thread, release);
    LEAKED.add(leaked);
    await(running);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return leaked;
  }

  private static void stay(CountDownLatch running, CountDownLatch release) {
    running.countDown();
    await(release);
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void endAll() {
    LEAKED.forEach(Leaked::close);
    LEAKED.clear();
  }
}
