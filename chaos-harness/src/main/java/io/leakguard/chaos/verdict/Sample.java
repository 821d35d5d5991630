package io.leakguard.chaos.verdict;

import java.time.Duration;
import java.util.Optional;

/**
 * One invocation, and what was counted in its environment once it was idle again.
 *
 * @param environment which execution environment, 0 where none came up; numbers are not used again
 * @param requestId the invocation
 * @param at when it was counted, or ended where nothing was, since the cell began
 * @param took how long the invocation took
 * @param outcome how it ended
 * @param counted what was counted; empty when the environment did not become idle again
 */
public record Sample(
    int environment,
    String requestId,
    Duration at,
    Duration took,
    Outcome outcome,
    Optional<Levels> counted) {

  /** The same invocation with what was counted after it. */
  public Sample counted(Levels levels, Duration when) {
    return new Sample(environment, requestId, when, took, outcome, Optional.of(levels));
  }

  /** What was counted; only of one that has it. */
  Levels levels() {
    return counted.orElseThrow();
  }
}
