package io.leakguard.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Which lock a thread waits for, and who holds it; made safe for one line.
 *
 * @param lock the class of the lock or monitor
 * @param owner the name of the thread that holds it
 * @param cycle the names of threads of which each waits for the next and the last for the first,
 *     beginning with this one; empty where the thread is in no deadlock
 */
public record LockWait(String lock, String owner, List<String> cycle) {
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_CYCLE = 16;

  /**
   * Makes the names safe, and cuts what is too long.
   *
   * @param lock a class name; not null
   * @param owner a thread name; not null
   * @param cycle thread names, empty without a deadlock
   */
  public LockWait {
    lock = SafeText.of(Objects.requireNonNull(lock, "lock"), LONGEST_NAME);
    owner = SafeText.of(Objects.requireNonNull(owner, "owner"), LONGEST_NAME);
    List<String> safe = new ArrayList<>();
    for (String name : cycle.subList(0, Math.min(cycle.size(), LONGEST_CYCLE))) {
      safe.add(SafeText.of(name, LONGEST_NAME));
    }
    cycle = List.copyOf(safe);
  }

  /** Says who holds the lock, or who waits for whom. */
  String sentence() {
    if (cycle.isEmpty()) {
      return lock + ", held by " + owner;
    }
    return String.join(" waits for ", cycle) + " waits for " + cycle.get(0);
  }
}
