package io.leakguard;

import io.leakguard.diagnosis.Diagnosis;
import io.leakguard.diagnosis.ThreadFacts;
import java.util.Set;

/**
 * Says which waits of a pool's worker, in the midst of a task, do not end by themselves.
 *
 * <p>Libraries run readers, dispatchers and cleaners as tasks that never end: those wait for bytes,
 * conditions or notifications in the library's own frames. So such waits count only with a frame of
 * the function itself, and waits with a time limit too.
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

  private Stuck() {}

  static boolean isHopeless(ThreadFacts facts, Diagnosis diagnosis, UserCode code) {
    if (diagnosis.role() != Diagnosis.Role.WORK) {
      return false;
    }
    boolean timed = facts.state() == Thread.State.TIMED_WAITING;
    return (NEVER_A_SERVICE.contains(diagnosis.kind()) && !timed) || code.isIn(facts);
  }
}
