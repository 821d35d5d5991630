package io.leakguard;

import io.leakguard.diagnosis.Family;
import java.util.HashMap;
import java.util.Map;

/**
 * Threads of the baseline that ended: a later thread of the same family takes the place of one, as
 * a worker that restarts itself does, and is no leak.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Replacements {
  private static final int MOST_FAMILIES = 256;

  private final Map<String, Integer> places = new HashMap<>();

  /** Remembers that a thread of the baseline ended; null where it is gone already. */
  void ended(Thread thread) {
    if (thread != null && places.size() < MOST_FAMILIES) {
      places.merge(Family.nameOf(thread), 1, Integer::sum);
    }
  }

  /** Gives a place away; false where there is none. */
  boolean take(Family family) {
    Integer free = places.get(family.name());
    if (free == null) {
      return false;
    }
    if (free == 1) {
      places.remove(family.name());
    } else {
      places.put(family.name(), free - 1);
    }
    return true;
  }
}
