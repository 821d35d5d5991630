package io.leakguard.diagnosis;

/**
 * What a thread waits for, what usually causes that, and what to change.
 *
 * @param kind a short name that never changes, such as {@code idle-pool-worker}
 * @param waitsFor what the thread does, as {@code idle worker of a pool}
 * @param cause what usually leaves such a thread behind
 * @param fix what to change in the code
 */
public record Diagnosis(String kind, String waitsFor, String cause, String fix) {

  /** Diagnoses a thread from its state and frames; there is always an answer. */
  public static Diagnosis of(ThreadFacts facts) {
    return DiagnosisTable.find(facts);
  }

  /** Returns the whole in one sentence. */
  public String sentence() {
    return waitsFor + ": " + cause + "; " + fix;
  }
}
