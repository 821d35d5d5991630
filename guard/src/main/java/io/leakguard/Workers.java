package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;

/** Tells the workers of the JDK's pools from threads that somebody started by hand. */
final class Workers {
  private Workers() {}

  /** Says whether a pool of the JDK runs this thread, whether idle or at work. */
  static boolean isOfAPool(ThreadFacts facts) {
    return facts.hasFrame("java.util.concurrent.ThreadPoolExecutor", "runWorker")
        || facts.hasFrame("java.util.concurrent.ForkJoinPool", "runWorker")
        || facts.hasFrame("java.util.concurrent.ForkJoinWorkerThread", "run");
  }
}
