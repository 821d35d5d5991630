package io.leakguard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The suspects that were caught in motion, and when to look at each again: at the next ends, then
 * at ever longer intervals.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Watch {
  /** Each look costs a stack trace; what is over the limit waits for a place. */
  private static final int MOST_AT_ONCE = 64;

  private final Map<Suspect, Long> due = new LinkedHashMap<>();
  private long next = Long.MAX_VALUE;

  void add(Suspect suspect, long now) {
    put(suspect, now + 1);
  }

  /** Before one more of a kind counts, it is asked whether the earlier ones still stand there. */
  void addNow(Suspect suspect, long now) {
    if (due.containsKey(suspect) && suspect.lookedAt < now) {
      put(suspect, now);
    }
  }

  /** A thread of no pool has shown where it settles; a worker may come back to its pool. */
  void seenUnchanged(Suspect suspect, long now) {
    due.remove(suspect);
    if (suspect.atWork) {
      put(suspect, now + Math.max(1, suspect.steady / 2));
    }
  }

  private void put(Suspect suspect, long invocation) {
    due.put(suspect, invocation);
    next = Math.min(next, invocation);
  }

  void remove(Suspect suspect) {
    due.remove(suspect);
  }

  boolean isDue(long now) {
    return now >= next;
  }

  /** Returns whom to look at now. */
  List<Suspect> due(long now) {
    List<Suspect> found = new ArrayList<>();
    next = Long.MAX_VALUE;
    for (Map.Entry<Suspect, Long> entry : due.entrySet()) {
      if (entry.getValue() <= now && found.size() < MOST_AT_ONCE) {
        found.add(entry.getKey());
      } else {
        next = Math.min(next, Math.max(entry.getValue(), now + 1));
      }
    }
    return found;
  }
}
