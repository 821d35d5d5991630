package io.leakguard.chaos.verdict;

import java.util.List;
import java.util.Map;

/**
 * One environment of a function that is deployed, as its log shows it.
 *
 * @param name its log stream
 * @param guarded whether something in its log can only come from a guard
 * @param past what its guard said before the first fault
 * @param served how many invocations of each phase it served
 * @param reports what its guard said in each phase, in order
 */
public record Witness(
    String name,
    boolean guarded,
    Past past,
    Map<Phase, Integer> served,
    Map<Phase, List<GuardReport>> reports) {
  public Witness {
    served = Map.copyOf(served);
    reports = Map.copyOf(reports);
  }

  int served(Phase phase) {
    return served.getOrDefault(phase, 0);
  }

  List<GuardReport> reports(Phase phase) {
    return reports.getOrDefault(phase, List.of());
  }
}
