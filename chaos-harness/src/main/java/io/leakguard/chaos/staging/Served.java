package io.leakguard.chaos.staging;

import io.leakguard.chaos.verdict.GuardReport;
import io.leakguard.chaos.verdict.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One invocation as the log of its environment shows it. Not thread-safe. */
final class Served {
  private final String requestId;
  private final Instant begun;
  private final Phase phase;
  private final List<String> guardLines = new ArrayList<>();
  private boolean ended;
  private Duration took = Duration.ZERO;

  /**
   * One that begins.
   *
   * @param phase empty where it is not of the cell
   */
  Served(String requestId, Instant begun, Optional<Phase> phase) {
    this.requestId = requestId;
    this.begun = begun;
    this.phase = phase.orElse(null);
  }

  void said(String line) {
    guardLines.add(line);
  }

  void ended(Duration after) {
    ended = true;
    took = after;
  }

  String requestId() {
    return requestId;
  }

  Instant begun() {
    return begun;
  }

  /** The phase that it belongs to, whoever has sent it; null where it is not of the cell. */
  Phase phase() {
    return phase;
  }

  boolean hasEnded() {
    return ended;
  }

  Duration took() {
    return took;
  }

  /** What its guard wrote. */
  List<String> guardLines() {
    return guardLines;
  }

  List<GuardReport> reports() {
    return guardLines.stream().flatMap(line -> GuardReport.parse(line).stream()).toList();
  }
}
