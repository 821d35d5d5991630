package io.leakguard;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A thread that stays, waiting for a latch, until it is released; every leak test has one. */
final class BlockedThread implements AutoCloseable {
  private final CountDownLatch release = new CountDownLatch(1);
  private final Thread thread;

  private BlockedThread(String name) {
    thread = new Thread(this::leak, name);
    thread.setDaemon(true);
  }

  /** Starts one and returns when it waits. */
  static BlockedThread start(String name) {
    BlockedThread blocked = new BlockedThread(name);
    blocked.thread.start();
    awaitWaiting(blocked.thread);
    return blocked;
  }

  /** Returns when the thread is parked or waits for a monitor. */
  static void awaitWaiting(Thread thread) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(thread + " does not wait but is " + thread.getState());
      }
      LockSupport.parkNanos(100_000);
    }
  }

  private void leak() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Thread thread() {
    return thread;
  }

  /** Lets the thread end and returns when it has. */
  void release() {
    release.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    release();
  }
}
