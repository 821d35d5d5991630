package io.leakguard;

import java.util.concurrent.ForkJoinPool;

/** The work that waits for a worker of the common pool. */
final class Backlog {
  private Backlog() {}

  /**
   * Counts the queued tasks; about 0.1 us.
   *
   * <p>Only to be called once a worker of the common pool was seen: the first call would make the
   * pool otherwise.
   */
  static int ofCommonPool() {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    long queued = pool.getQueuedSubmissionCount() + pool.getQueuedTaskCount();
    return (int) Math.min(queued, Integer.MAX_VALUE);
  }
}
