package io.leakguard;

import io.leakguard.diagnosis.Owner;
import io.leakguard.diagnosis.ThreadFacts;
import java.time.Duration;
import java.util.List;

/** Gives threads time to end, with growing pauses; ends early when all have. */
final class Grace {
  private static final long FIRST_PAUSE = 100_000;
  private static final long LONGEST_PAUSE = 50_000_000;

  /** For threads that are ending: on a loaded machine even the last steps take their time. */
  private static final long MORE_FOR_ENDING = 2_000_000_000;

  private final Host host;

  Grace(Host host) {
    this.host = host;
  }

  /** Waits, and removes those that have ended. */
  void await(List<Thread> threads, Duration grace) {
    long began = host.nanoTime();
    long pause = FIRST_PAUSE;
    threads.removeIf(thread -> !thread.isAlive());
    while (!threads.isEmpty()) {
      long spent = host.nanoTime() - began;
      boolean isLonger = spent >= grace.toNanos();
      if (isLonger && (spent >= grace.toNanos() + MORE_FOR_ENDING || !isAnyEnding(threads))) {
        return;
      }
      host.pause(isLonger ? pause : Math.min(pause, grace.toNanos() - spent));
      pause = Math.min(2 * pause, LONGEST_PAUSE);
      threads.removeIf(thread -> !thread.isAlive());
    }
  }

  private static boolean isAnyEnding(List<Thread> threads) {
    for (Thread thread : threads) {
      ThreadFacts facts = ThreadFacts.of(thread);
      if (isEnding(facts) || (thread.isInterrupted() && Owner.isIdleConsumer(facts))) {
        return true;
      }
    }
    return false;
  }

  /** Says whether a thread passes through its last frames, or has none: it begins or ends then. */
  static boolean isEnding(ThreadFacts facts) {
    return facts.state() == Thread.State.TERMINATED
        || facts.frames().isEmpty()
        || facts.hasFrame("java.util.concurrent.ThreadPoolExecutor", "processWorkerExit")
        || facts.hasFrame("java.util.concurrent.ForkJoinPool", "deregisterWorker")
        || facts.hasFrame("java.lang.Thread", "exit");
  }
}
