package io.leakguard.gauntlet.cases;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Starts threads the way handlers do, less the checked exceptions. */
final class Threads {
  /** Longer than any run. */
  static final long FOREVER_MILLIS = 3_600_000;

  private Threads() {}

  /** Work that may fail. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  static Thread start(Task task) {
    Thread thread = new Thread(unchecked(task));
    thread.start();
    return thread;
  }

  static Thread start(String name, Task task) {
    Thread thread = new Thread(unchecked(task), name);
    thread.start();
    return thread;
  }

  static Runnable unchecked(Task task) {
    return () -> {
      try {
        task.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void never() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  /** Runs so many tasks at once and waits for all of them. */
  static void together(ExecutorService pool, int tasks) throws Exception {
    CountDownLatch all = new CountDownLatch(tasks);
    Callable<Boolean> task =
        () -> {
          all.countDown();
          all.await();
          return true;
        };
    for (Future<Boolean> done : Stream.generate(() -> pool.submit(task)).limit(tasks).toList()) {
      done.get();
    }
  }
}
