package io.leakguard.diagnosis;

/**
 * What a thread waits for, what usually causes that, and what to change.
 *
 * @param kind a short name that never changes, such as {@code idle-pool-worker}
 * @param role what a thread in this wait is, whether or not somebody forgot it
 * @param waitsFor what the thread does, as {@code idle worker of a pool}
 * @param cause what usually leaves such a thread behind
 * @param fix what to change in the code
 */
public record Diagnosis(String kind, Role role, String waitsFor, String cause, String fix) {
  /** What a thread is by the way it waits; the kind says which wait it is. */
  public enum Role {
    /**
     * An idle consumer: it waits for work to be handed over, as a pool worker, a scheduler or a
     * reader of a queue does. Nothing is undone because it waits.
     */
    CONSUMER,
    /**
     * It waits as threads of healthy libraries do all their life, and wakes by itself or by I/O: a
     * timer, an event loop, an accept, a cleaner, a sleep, a wait with a time limit in a loop.
     */
    SERVICE,
    /**
     * A task that is not done: it runs, or waits for something that should come and then end it: a
     * latch, a future, a lock, a monitor, a peer, a process.
     */
    WORK
  }

  /**
   * Diagnoses a thread from its state and frames.
   *
   * @param facts the thread
   * @return an answer in any case
   */
  public static Diagnosis of(ThreadFacts facts) {
    return DiagnosisTable.find(facts);
  }

  /**
   * Diagnoses a thread of which the holder of its lock is known.
   *
   * @param facts the thread
   * @param wait what {@link LockOwners} found of it; null where it found nothing
   * @return an answer in any case
   */
  public static Diagnosis of(ThreadFacts facts, LockWait wait) {
    Diagnosis alone = of(facts);
    if (wait == null) {
      return alone;
    }
    return wait.cycle().isEmpty()
        ? new Diagnosis(
            alone.kind,
            alone.role,
            alone.waitsFor + " (" + wait.sentence() + ")",
            alone.cause,
            alone.fix)
        : new Diagnosis(
            "deadlock",
            Role.WORK,
            "in a deadlock: " + wait.sentence(),
            "each holds a lock that the next one waits for",
            "take the locks in the same order everywhere, or use tryLock with a time limit");
  }

  /** {@return the whole in one sentence} */
  public String sentence() {
    return waitsFor + ": " + cause + "; " + fix;
  }
}
