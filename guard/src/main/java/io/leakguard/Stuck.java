package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.Set;

/**
 * Says which waits of a pool's worker, in the midst of a task, do not end by themselves.
 *
 * <p>Readers, dispatchers and cleaners run as tasks that never end: they wait for bytes, conditions
 * or notifications. Bytes are never held against one worker alone; the other waits only with a
 * frame of the function itself.
 */
final class Stuck {
  /** Nobody makes a service of threads that wait so. */
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
