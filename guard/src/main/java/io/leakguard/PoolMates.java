package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;

/**
 * What the other workers of a stuck worker's pool do. A pool numbers its workers at the end of
 * their names; pools whose names are all the same are taken for one.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class PoolMates {
  /** Each costs a stack trace; a pool with more of them at the baseline is one for tasks. */
  private static final int MOST_LOOKED_AT = 16;

  private final Suspect suspect;
  private final String name;
  private boolean anyServesTasks;
  private boolean anyElsewhere;
  private int lookedAt;

  private PoolMates(Suspect suspect) {
    this.suspect = suspect;
    this.name = withoutLastNumber(suspect.name);
  }

  static PoolMates of(Suspect suspect, Roster roster) {
    PoolMates mates = new PoolMates(suspect);
    for (int i = 0; i < roster.live() && !mates.anyServesTasks; i++) {
      Sighting sighting = roster.at(i);
      Thread thread = sighting.get();
      if (thread != null && sighting != suspect.sighting && mates.isOfThePool(thread)) {
        mates.look(sighting, thread);
      }
    }
    return mates;
  }

  private boolean isOfThePool(Thread thread) {
    String other = thread.getName();
    return other.startsWith(name) && withoutLastNumber(other).length() == name.length();
  }

  private void look(Sighting sighting, Thread thread) {
    Suspect mate = sighting.suspect;
    if (mate != null) {
      anyServesTasks |= mate.wasIdle;
      anyElsewhere |= mate.ofAPool && mate.group != suspect.group;
      return;
    }
    if (lookedAt++ == MOST_LOOKED_AT) {
      anyServesTasks = true;
      return;
    }
    ThreadFacts facts = ThreadFacts.of(thread);
    anyServesTasks |= Workers.isWaitingForTask(facts);
    anyElsewhere |= Workers.isOfAPool(facts);
  }

  /** Says whether the pool was seen to do what pools are for: tasks that come to an end. */
  boolean serveTasks() {
    return anyServesTasks;
  }

  /** Says whether the whole pool stands where the worker stands; true where it is the only one. */
  boolean standAlike() {
    return !anyServesTasks && !anyElsewhere;
  }

  private static String withoutLastNumber(String name) {
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
      end--;
    }
    return name.substring(0, end);
  }
}
