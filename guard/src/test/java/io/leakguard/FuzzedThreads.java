package io.leakguard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.Timer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads of all kinds, as many at once as a limit allows; the eldest are ended to make room.
 *
 * <p>Thread-safe.
 */
final class FuzzedThreads implements AutoCloseable {
  private static final int MOST = 40;

  /** What ends one of them; called once. */
  private interface Ender {
    void end() throws InterruptedException;
  }

  private final Deque<Ender> living = new ArrayDeque<>();
  private final Object lock = new Object();

  /** Starts something, ends something. */
  void stir(Random random) {
    Ender started =
        switch (random.nextInt(12)) {
          case 0, 1, 2 -> blocked(random);
          case 3 -> renaming(random);
          case 4 -> breeding(random);
          case 5 -> pool(random);
          case 6 -> closedPool(random);
          case 7 -> timer(random);
          case 8 -> consumer(random);
          case 9 -> sleeping(random);
          case 10 -> spinning(random);
          default -> brief(random);
        };
    synchronized (lock) {
      living.addLast(started);
    }
    trim(MOST);
  }

  private void trim(int most) {
    while (true) {
      Ender eldest;
      synchronized (lock) {
        if (living.size() <= most) {
          return;
        }
        eldest = living.removeFirst();
      }
      boolean interrupted = Thread.interrupted();
      try {
        eldest.end();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static Thread start(Random random, Runnable body) {
    ThreadGroup own = Thread.currentThread().getThreadGroup();
    ThreadGroup group = random.nextInt(8) == 0 ? new ThreadGroup(own, Hostile.name(random)) : own;
    Thread thread = new Thread(group, body, Hostile.name(random));
    thread.setDaemon(random.nextBoolean());
    thread.start();
    return thread;
  }

  private static ThreadFactory named(Random random) {
    String name = Hostile.name(random);
    return body -> {
      Thread thread = new Thread(body, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static Ender interrupting(Thread thread) {
    return () -> {
      thread.interrupt();
      thread.join();
    };
  }

  private static Ender blocked(Random random) {
    CountDownLatch release = new CountDownLatch(1);
    Thread thread = start(random, () -> await(release));
    return () -> {
      release.countDown();
      thread.join();
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Changes its name and loader while it is looked at. */
  private static Ender renaming(Random random) {
    Random own = new Random(random.nextLong());
    return interrupting(
        start(
            random,
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                Thread.currentThread().setName(Hostile.name(own));
                Thread.currentThread().setContextClassLoader(null);
                LockSupport.parkNanos(50_000);
              }
            }));
  }

  /** Starts children that end at once, all the time. */
  private static Ender breeding(Random random) {
    Random own = new Random(random.nextLong());
    return interrupting(
        start(
            random,
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                start(own, () -> {});
                LockSupport.parkNanos(2_000_000);
              }
            }));
  }

  private static Ender pool(Random random) {
    ExecutorService pool = Executors.newFixedThreadPool(2, named(random));
    CountDownLatch release = new CountDownLatch(1);
    for (int i = random.nextInt(3); i >= 0; i--) {
      Future<?> ignored = pool.submit(() -> await(release));
    }
    if (random.nextBoolean()) {
      release.countDown();
    }
    return () -> {
      release.countDown();
      pool.shutdownNow();
    };
  }

  private static Ender closedPool(Random random) {
    ExecutorService pool = Executors.newCachedThreadPool(named(random));
    pool.execute(() -> {});
    pool.shutdown();
    return () -> {};
  }

  private static Ender timer(Random random) {
    Timer timer = new Timer(Hostile.name(random), true);
    return timer::cancel;
  }

  private static Ender consumer(Random random) {
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    return interrupting(
        start(
            random,
            () -> {
              try {
                queue.take();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  private static Ender sleeping(Random random) {
    return interrupting(
        start(
            random,
            () -> {
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  /** Is at work for a moment, then waits: one that spun on would slow everything else down. */
  private static Ender spinning(Random random) {
    CountDownLatch release = new CountDownLatch(1);
    Thread thread =
        start(
            random,
            () -> {
              long end = System.nanoTime() + 200_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              await(release);
            });
    return () -> {
      release.countDown();
      thread.join();
    };
  }

  private static Ender brief(Random random) {
    Thread thread = start(random, () -> {});
    return thread::join;
  }

  /** Ends all. */
  @Override
  public void close() {
    trim(0);
  }
}
