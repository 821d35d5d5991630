package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** Tells the workers of the JDK's pools from threads that somebody started by hand. */
final class Workers {
  private Workers() {}

  /**
   * The common pool is one per JVM; asking for it would make it, so the thread's class is first.
   */
  static boolean isOfTheCommonPool(Thread thread) {
    return thread instanceof ForkJoinWorkerThread worker
        && worker.getPool() == ForkJoinPool.commonPool();
  }

  /** Says whether a pool of the JDK runs this thread, whether idle or at work. */
  static boolean isOfAPool(ThreadFacts facts) {
    return facts.hasFrame("java.util.concurrent.ThreadPoolExecutor", "runWorker")
        || facts.hasFrame("java.util.concurrent.ForkJoinPool", "runWorker")
        || facts.hasFrame("java.util.concurrent.ForkJoinWorkerThread", "run");
  }

  /** Says whether it is a worker without a task. */
  static boolean isWaitingForTask(ThreadFacts facts) {
    return facts.hasFrame("java.util.concurrent.ThreadPoolExecutor", "getTask")
        || facts.hasFrame("java.util.concurrent.ForkJoinPool", "awaitWork");
  }
}
