package io.leakguard;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The checks that run at the same time, and which thread is whose.
 *
 * <p>Thread-safe; nothing waits while the lock is held.
 */
final class ScopeRegistry {
  private static final ScopeRegistry OF_THIS_JVM = new ScopeRegistry();

  private enum Standing {
    MINE,
    /** Of another check, or to be judged by one that still runs. */
    OTHERS,
    /** Of this check or of one that ran at the same time; all have ended. */
    UNATTRIBUTED
  }

  private final List<LeakScope> running = new ArrayList<>();
  private final List<WeakReference<Thread>> runners = new ArrayList<>();

  /** Threads that a scope has judged: none is judged twice. */
  private final Set<Long> judged = new HashSet<>();

  static ScopeRegistry ofThisJvm() {
    return OF_THIS_JVM;
  }

  synchronized void begin(LeakScope scope) {
    running.add(scope);
    runsOn(Thread.currentThread());
  }

  /** Learns of a thread that runs what is checked. */
  synchronized void runsOn(Thread thread) {
    runners.removeIf(runner -> runner.get() == null);
    if (runners.stream().noneMatch(runner -> runner.refersTo(thread))) {
      runners.add(new WeakReference<>(thread));
    }
  }

  /** Returns the threads that this scope would have to report if they did not end. */
  synchronized List<Thread> candidates(LeakScope scope, LeakCheck check) {
    List<Thread> candidates = new ArrayList<>();
    Set<Long> live = new HashSet<>();
    for (Thread thread : LiveThreads.now()) {
      long id = thread.getId();
      live.add(id);
      if (!scope.wasBefore(id)
          && !judged.contains(id)
          && standing(scope, id) != Standing.OTHERS
          && !isRunner(thread)
          && !check.filters().acceptsByName(thread)) {
        candidates.add(thread);
      }
    }
    judged.retainAll(live);
    return candidates;
  }

  /** Ends a scope: says which of the survivors are its own. */
  synchronized LeakReport end(LeakScope scope, List<Thread> candidates, List<Survivor> survivors) {
    List<Survivor> own = new ArrayList<>();
    List<Survivor> unattributed = new ArrayList<>();
    Set<Long> leftToOthers = new HashSet<>();
    for (Survivor survivor : survivors) {
      switch (standing(scope, survivor.id())) {
        case MINE -> own.add(survivor);
        case UNATTRIBUTED -> unattributed.add(survivor);
        case OTHERS -> leftToOthers.add(survivor.id());
      }
    }
    for (Thread thread : candidates) {
      if (!leftToOthers.contains(thread.getId())) {
        judged.add(thread.getId());
      }
    }
    leave(scope, !own.isEmpty());
    return new LeakReport(
        scope.name(), Survivor.groups(own), Survivor.groups(unattributed), List.of());
  }

  private void leave(LeakScope scope, boolean leaked) {
    running.remove(scope);
    if (leaked) {
      scope.origin().markLeaked();
    }
    // Ids only grow: what gets a higher one was created later.
    long newest = CreationIndex.probe();
    for (LeakScope other : running) {
      if (!other.isKinOf(scope)) {
        other.contestUpTo(newest);
      }
    }
  }

  private Standing standing(LeakScope scope, long id) {
    Creation creation = Origins.creationOf(id);
    OriginScope owner = creation == null ? null : creation.scope().check();
    if (owner == scope.origin()) {
      return Standing.MINE;
    }
    // What a leaked thread creates is the fault of the one that left it, whoever runs now.
    if (owner != null && (!creation.isLate() || owner.isLeaked())) {
      return Standing.OTHERS;
    }
    for (LeakScope other : running) {
      if (!other.isKinOf(scope) && !other.wasBefore(id)) {
        return Standing.OTHERS;
      }
    }
    return scope.isContested(id) ? Standing.UNATTRIBUTED : Standing.MINE;
  }

  /** A thread that runs checks is no leak of one, nor are the other workers of its pool. */
  private boolean isRunner(Thread thread) {
    ForkJoinPool pool = poolOf(thread);
    for (WeakReference<Thread> reference : runners) {
      Thread runner = reference.get();
      if (runner == thread || (pool != null && pool == poolOf(runner))) {
        return true;
      }
    }
    return false;
  }

  private static ForkJoinPool poolOf(Thread thread) {
    return thread instanceof ForkJoinWorkerThread worker ? worker.getPool() : null;
  }
}
