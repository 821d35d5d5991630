package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.List;
import java.util.Set;

/**
 * Says which waits of a pool's worker, in the midst of a task, do not end by themselves.
 *
 * <p>Readers, dispatchers and cleaners run as tasks that never end: they wait for bytes, conditions
 * or notifications. Conditions and notifications are held against a worker only with a frame of the
 * function itself; bytes only where, besides, the whole pool waits for them and none ever come.
 */
final class Stuck {
  /** A worker that stands in the same frames at so many later ends does not come back by itself. */
  private static final int STUCK_AFTER = 3;

  /** So long no byte has come: a reader that is used would have had an answer. */
  private static final int SILENT = 20;

  private static final Set<String> BYTES = Set.of("socket-read", "socket-write");

  /** Hardly anybody makes a service of threads that wait so. */
  private static final Set<String> NEVER_A_SERVICE =
      Set.of(
          "latch",
          "semaphore",
          "barrier",
          "future",
          "lock",
          "monitor-blocked",
          "pool-termination",
          "pipe-write",
          "dns-lookup",
          "starting",
          "deadlock",
          "join",
          "process-wait",
          "socket-connect",
          "class-init",
          "queue-put");

  /** A library may make a service of threads that wait so. */
  private static final Set<String> SERVICE_OF_A_LIBRARY =
      Set.of("condition", "monitor-wait", "park", "running", "spin");

  private Stuck() {}

  /** Decides on a worker that was seen in the same frames again. */
  static void decide(Suspect suspect, ThreadFacts facts, UserCode code, Look look, Roster roster) {
    // One end before it counts: from then on it must not have moved.
    if (suspect.stuck || !suspect.atWork || suspect.steady < STUCK_AFTER - 1) {
      return;
    }
    boolean unmoved = false;
    if (suspect.hopeless) {
      unmoved = !mayBeAService(suspect, roster) && (wakes(facts) || isSilent(suspect, look, 1));
    } else if (BYTES.contains(suspect.group.diagnosis.kind()) && code.isIn(facts)) {
      unmoved = PoolMates.of(suspect, roster).standAlike() && isSilent(suspect, look, SILENT);
    }
    suspect.stuck = unmoved && suspect.steady >= STUCK_AFTER;
  }

  /** Stands still and yet uses the processor: it runs, polls, or is woken by the JVM at times. */
  private static boolean wakes(ThreadFacts facts) {
    return facts.state() != Thread.State.WAITING;
  }

  /**
   * A service is handed to its pool once and lives on its worker: such a pool has no worker that
   * ever came back for a task, each stands in code of its own, and no second one comes to stand in
   * the same code later.
   */
  private static boolean mayBeAService(Suspect suspect, Roster roster) {
    if (suspect.wasIdle || hasFollowers(suspect, suspect.group.living())) {
      return false;
    }
    PoolMates mates = PoolMates.of(suspect, roster);
    return !mates.serveTasks() && !mates.standAlike();
  }

  private static boolean hasFollowers(Suspect suspect, List<Suspect> living) {
    for (Suspect other : living) {
      if (other.birth != suspect.birth) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whoever is handed a byte, or another task that waits at the same place, uses the processor; a
   * time limit shows as well.
   */
  private static boolean isSilent(Suspect suspect, Look look, long invocations) {
    Thread thread = suspect.thread();
    if (thread == null || look.remainingMillis() <= Waits.FIRST_MILLIS) {
      return false;
    }
    long cpuNanos = Waits.cpuNanos(thread);
    if (cpuNanos < 0) {
      // Not every JVM knows; then standing in the same frames is all there is to go by.
      return invocations == 1;
    }
    if (cpuNanos != suspect.cpuNanos) {
      suspect.cpuNanos = cpuNanos;
      suspect.silentSince = look.now();
    }
    return look.now() - suspect.silentSince >= invocations;
  }

  static boolean isHopeless(ThreadFacts facts, Diagnosis diagnosis, UserCode code) {
    if (diagnosis.role() != Diagnosis.Role.WORK) {
      return false;
    }
    if (NEVER_A_SERVICE.contains(diagnosis.kind())) {
      return facts.state() != Thread.State.TIMED_WAITING || code.isIn(facts);
    }
    return SERVICE_OF_A_LIBRARY.contains(diagnosis.kind()) && code.isIn(facts);
  }
}
