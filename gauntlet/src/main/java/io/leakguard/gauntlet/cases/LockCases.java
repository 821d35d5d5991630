package io.leakguard.gauntlet.cases;

import static io.leakguard.gauntlet.cases.Threads.start;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/** A thread per invocation that waits for what never comes. */
final class LockCases {
  private LockCases() {}

  static void addTo(Cases cases) {
    signals(cases);
    futures(cases);
    locks(cases);
    cycles(cases);
  }

  private static void signals(Cases cases) {
    cases.leak("park", n -> start(LockCases::parkForGood));
    cases.leak("object-wait", n -> start(() -> waitForGood(new Object())));
    cases.leak("sleep", n -> start(() -> Thread.sleep(Threads.FOREVER_MILLIS)));
    cases.leak("latch", n -> start(() -> new CountDownLatch(1).await()));
    cases.leak("semaphore", n -> start(() -> new Semaphore(0).acquire()));
    cases.leak("semaphore-of-all", LockCases::semaphoreOfAll);
    cases.leak("barrier", n -> start(() -> await(new CyclicBarrier(2))));
    cases.leak("phaser", n -> start(() -> new Phaser(2).arriveAndAwaitAdvance()));
    cases.leak("exchanger", n -> start(() -> new Exchanger<String>().exchange("order")));
    cases.leak("condition", n -> start(LockCases::awaitCondition));
  }

  private static void futures(Cases cases) {
    cases.leak("future-task", n -> start(() -> new FutureTask<>(() -> "never run").get()));
    cases.leak("future-get", n -> start(() -> new CompletableFuture<String>().get()));
    cases.leak("future-join", n -> start(() -> new CompletableFuture<String>().join()));
    cases.leak(
        "future-all-of",
        n -> {
          CompletableFuture<String> answer = new CompletableFuture<>();
          start(() -> CompletableFuture.allOf(answer, answer.thenApply(String::strip)).join());
        });
    cases.leak("thread-join", LockCases::joinTheStuck);
  }

  private static void locks(Cases cases) {
    cases.leak(
        "reentrant-lock",
        () -> {
          ReentrantLock lock = new ReentrantLock();
          return n -> lockWithoutUnlock(lock, n);
        });
    cases.leak(
        "write-lock",
        () -> {
          ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
          return n -> lockWithoutUnlock(lock.writeLock(), n);
        });
    cases.leak(
        "read-lock",
        () -> {
          ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
          return n -> {
            if (n == 1) {
              lock.readLock().lock();
            }
            start(() -> lock.writeLock().lock());
          };
        });
    cases.leak(
        "stamped-lock",
        () -> {
          StampedLock lock = new StampedLock();
          return n -> {
            if (n == 1) {
              lock.writeLock();
            }
            start(lock::readLock);
          };
        });
    cases.leak(
        "monitor",
        () -> {
          Object monitor = new Object();
          return n -> start(() -> enter(monitor));
        });
    cases.leak("class-initialisation", n -> start(() -> Table.load("order-" + n)));
  }

  private static void cycles(Cases cases) {
    cases.leak("deadlock-of-monitors", LockCases::deadlockOfMonitors);
    cases.leak("deadlock-of-locks", LockCases::deadlockOfLocks);
  }

  private static void parkForGood() {
    while (true) {
      LockSupport.park();
    }
  }

  private static void waitForGood(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      while (true) {
        monitor.wait();
      }
    }
  }

  private static Body semaphoreOfAll() {
    Semaphore permits = new Semaphore(0);
    return n -> start(permits::acquire);
  }

  private static void await(CyclicBarrier barrier)
      throws InterruptedException, BrokenBarrierException {
    barrier.await();
  }

  private static void awaitCondition() throws InterruptedException {
    Lock lock = new ReentrantLock();
    lock.lock();
    try {
      while (true) {
        lock.newCondition().await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void joinTheStuck(int invocation) {
    Thread writer = start(Threads::never);
    start(writer::join);
  }

  /** The first invocation forgets to unlock. */
  private static void lockWithoutUnlock(Lock lock, int invocation) {
    if (invocation == 1) {
      lock.lock();
    }
    start(lock::lock);
  }

  private static void enter(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      Threads.never();
    }
  }

  private static void deadlockOfMonitors(int invocation) {
    Object stock = new Object();
    Object order = new Object();
    CyclicBarrier both = new CyclicBarrier(2);
    start(() -> nest(stock, order, both));
    start(() -> nest(order, stock, both));
  }

  private static void nest(Object outer, Object inner, CyclicBarrier both)
      throws InterruptedException, BrokenBarrierException {
    synchronized (outer) {
      both.await();
      synchronized (inner) {
        throw new IllegalStateException("not reached");
      }
    }
  }

  private static void deadlockOfLocks(int invocation) {
    Lock stock = new ReentrantLock();
    Lock order = new ReentrantLock();
    CyclicBarrier both = new CyclicBarrier(2);
    start(() -> nest(stock, order, both));
    start(() -> nest(order, stock, both));
  }

  private static void nest(Lock outer, Lock inner, CyclicBarrier both)
      throws InterruptedException, BrokenBarrierException {
    outer.lock();
    both.await();
    inner.lock();
  }

  /** Its initialisation waits for a table that never comes. */
  private static final class Table {
    private static final String ROWS = rows();

    private static String rows() {
      new CompletableFuture<String>().join();
      return "rows";
    }

    static void load(String order) {
      if (ROWS.equals(order)) {
        throw new IllegalStateException("not reached");
      }
    }
  }
}
