package io.leakguard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices threads that were idle once and stand still in the midst of something now, although their
 * number does not change: workers of a bounded or pre-started pool, or of the common pool.
 *
 * <p>Reads state and blocker, which costs some nanoseconds per thread and no stack. Only what has
 * not moved over {@link #UNMOVED} looks is worth one. Guarded by the monitor's check lock.
 */
final class Postures {
  /** Work that merely outlasts one invocation moves until the next one ends. */
  private static final int UNMOVED = 1;

  /** In the first invocations of an environment every end is looked at, later every eighth. */
  private static final long DENSE = 64;

  private static final long SPARSE = 8;

  private Postures() {}

  static boolean isDue(long invocation) {
    return invocation <= DENSE || invocation % SPARSE == 0;
  }

  /** Looks at all; returns those that may be stuck, or null where there is none. */
  static List<Sighting> look(Roster roster, long now) {
    List<Sighting> still = null;
    Thread self = Thread.currentThread();
    for (int i = 0; i < roster.live(); i++) {
      Sighting sighting = roster.at(i);
      Thread thread = sighting.get();
      if (thread == null || thread == self || isWatched(sighting)) {
        continue;
      }
      note(sighting, thread, now);
      // Exactly so often: a thread that was looked at and found healthy is left alone until it
      // moves.
      if (sighting.changedOnce && sighting.unchanged == UNMOVED && !isIdle(sighting)) {
        still = still == null ? new ArrayList<>() : still;
        still.add(sighting);
      }
    }
    return still;
  }

  private static boolean isWatched(Sighting sighting) {
    return sighting.suspect != null && sighting.suspect.atWork;
  }

  private static void note(Sighting sighting, Thread thread, long now) {
    Thread.State state = thread.getState();
    Object blocker = LockSupport.getBlocker(thread);
    Class<?> waitedFor = blocker == null ? null : blocker.getClass();
    if (state == sighting.state && waitedFor == sighting.waitedFor) {
      sighting.unchanged++;
      return;
    }
    sighting.changedOnce = sighting.state != null;
    sighting.state = state;
    sighting.waitedFor = waitedFor;
    sighting.unchanged = 0;
    sighting.stoodSince = now;
  }

  /** Idle workers wait on the condition or transferer of their queue, or on their pool itself. */
  private static boolean isIdle(Sighting sighting) {
    Class<?> waitedFor = sighting.waitedFor;
    return waitedFor != null
        && (Condition.class.isAssignableFrom(waitedFor)
            || ForkJoinPool.class.isAssignableFrom(waitedFor)
            || waitedFor.getName().contains("Queue"));
  }
}
