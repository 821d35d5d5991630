package io.leakguard.diagnosis;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds who holds the locks that threads wait for, and deadlocks.
 *
 * <p>The one class that touches {@code java.lang.management}: its first use costs 20 to 40 ms, so
 * it is called when a report is due and not before. Monitors, reentrant locks and write locks have
 * owners; semaphores, read locks and conditions have none. Virtual threads are not seen by the
 * JVM's management. Thread-safe.
 */
public final class LockOwners {
  private static final int MOST_THREADS = 256;
  private static final int LONGEST_CHAIN = 16;

  private final Map<Long, ThreadInfo> infos = new HashMap<>();

  private LockOwners() {}

  /**
   * Looks at these threads and at those that hold what they wait for.
   *
   * @param threads the threads to ask for; of more than 256 only the first are looked at
   * @return by thread id, those that wait for a lock with a known owner
   */
  public static Map<Long, LockWait> of(Collection<Thread> threads) {
    Set<Long> asked = new HashSet<>();
    for (Thread thread : threads) {
      if (asked.size() < MOST_THREADS) {
        asked.add(thread.getId());
      }
    }
    return new LockOwners().find(asked, ManagementFactory.getThreadMXBean());
  }

  private Map<Long, LockWait> find(Set<Long> asked, ThreadMXBean bean) {
    Set<Long> next = asked;
    for (int i = 0; i < LONGEST_CHAIN && !next.isEmpty(); i++) {
      next = load(next, bean);
    }
    Map<Long, List<Long>> cycles = confirmed(asked, bean);
    Map<Long, LockWait> waits = new HashMap<>();
    for (Long id : asked) {
      ThreadInfo info = infos.get(id);
      if (info != null && ownerOf(info) != null) {
        waits.put(id, wait(info, cycles.getOrDefault(id, List.of())));
      }
    }
    return waits;
  }

  /** Loads these threads; returns the owners among them that were not loaded yet. */
  private Set<Long> load(Set<Long> ids, ThreadMXBean bean) {
    Set<Long> owners = new HashSet<>();
    for (ThreadInfo info : bean.getThreadInfo(array(ids))) {
      if (info != null) {
        infos.put(info.getThreadId(), info);
        if (ownerOf(info) != null) {
          owners.add(ownerOf(info));
        }
      }
    }
    owners.removeAll(infos.keySet());
    return owners;
  }

  private static long[] array(Set<Long> ids) {
    return ids.stream().mapToLong(Long::longValue).filter(id -> id > 0).toArray();
  }

  /** The owner may be unknown although the lock is known: then there is nobody to name. */
  private static Long ownerOf(ThreadInfo info) {
    return info.getLockOwnerId() > 0 && info.getLockInfo() != null ? info.getLockOwnerId() : null;
  }

  /**
   * Keeps the cycles that the JVM finds too: the threads were not looked at in one moment, so locks
   * that changed hands meanwhile can look like a cycle.
   */
  private Map<Long, List<Long>> confirmed(Set<Long> asked, ThreadMXBean bean) {
    Map<Long, List<Long>> cycles = new HashMap<>();
    for (Long id : asked) {
      List<Long> cycle = cycleOf(id);
      if (!cycle.isEmpty()) {
        cycles.put(id, cycle);
      }
    }
    if (!cycles.isEmpty()) {
      Set<Long> deadlocked = deadlocked(bean);
      cycles.values().removeIf(cycle -> !deadlocked.containsAll(cycle));
    }
    return cycles;
  }

  private static Set<Long> deadlocked(ThreadMXBean bean) {
    Set<Long> ids = new HashSet<>();
    long[] found = bean.findDeadlockedThreads();
    for (int i = 0; found != null && i < found.length; i++) {
      ids.add(found[i]);
    }
    return ids;
  }

  private List<Long> cycleOf(Long first) {
    List<Long> chain = new ArrayList<>();
    Long id = first;
    while (id != null && chain.size() < LONGEST_CHAIN) {
      chain.add(id);
      ThreadInfo info = infos.get(id);
      id = info == null ? null : ownerOf(info);
      if (first.equals(id)) {
        return chain;
      }
    }
    return List.of();
  }

  private LockWait wait(ThreadInfo info, List<Long> cycle) {
    LockInfo lock = info.getLockInfo();
    List<String> names = new ArrayList<>();
    for (Long id : cycle) {
      names.add(infos.get(id).getThreadName());
    }
    String owner = info.getLockOwnerName() == null ? "" : info.getLockOwnerName();
    return new LockWait(lock.getClassName(), owner, names);
  }
}
