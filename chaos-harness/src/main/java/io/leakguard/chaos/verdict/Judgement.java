package io.leakguard.chaos.verdict;

import java.util.List;
import java.util.Map;

/**
 * The verdict on one function in one shape, with its reasons.
 *
 * @param verdict the verdict
 * @param reason one sentence, for anything but clean; empty when the findings say it all
 * @param threads growth of threads in the fault phase
 * @param sockets growth of sockets in the fault phase
 * @param invocations invocations of the fault phase
 * @param findings what grows, largest first
 * @param phases what was observed
 */
public record Judgement(
    Verdict verdict,
    String reason,
    Slope threads,
    Slope sockets,
    int invocations,
    List<Finding> findings,
    Map<Phase, PhaseRecord> phases) {

  /** Says why nothing can be said. */
  public static Judgement harnessFault(String reason) {
    return new Judgement(
        Verdict.HARNESS_FAULT, reason, Slope.NONE, Slope.NONE, 0, List.of(), Map.of());
  }
}
