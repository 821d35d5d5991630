package io.leakguard.chaos.staging;

import io.leakguard.chaos.verdict.GuardReport;
import io.leakguard.chaos.verdict.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the lines of a log group say of the invocations of a cell, environment by environment: a log
 * stream is one's. Invocations are told apart by Lambda's own lines, and belong to the phase in
 * which they were sent; those that somebody else has sent, or whose answer does not name them, to
 * the phase in which they began.
 */
final class LogStory {
  private final Map<Phase, Instant> begins;
  private final Map<String, Phase> known = new HashMap<>();
  private final List<Call> calls;
  private final Map<String, List<Served>> environments = new LinkedHashMap<>();

  /**
   * Reads lines.
   *
   * @param begins when each phase began
   * @param calls all invocations that were sent
   * @param lines oldest first
   */
  LogStory(Map<Phase, Instant> begins, List<Call> calls, List<LogLine> lines) {
    this.begins = new EnumMap<>(begins);
    this.calls = List.copyOf(calls);
    for (Call call : calls) {
      if (!call.requestId().isEmpty()) {
        known.put(call.requestId(), call.phase());
      }
    }
    lines.forEach(this::add);
  }

  private void add(LogLine line) {
    List<Served> served = environments.computeIfAbsent(line.stream(), key -> new ArrayList<>());
    Optional<PlatformLine> platform = PlatformLine.of(line.text());
    if (platform.isPresent()) {
      PlatformLine said = platform.get();
      if (said.ended()) {
        served.stream()
            .filter(each -> each.requestId().equals(said.requestId()))
            .forEach(each -> each.ended(said.took()));
      } else {
        served.add(new Served(said.requestId(), line.at(), phase(said.requestId(), line.at())));
      }
    } else if (GuardReport.isOfGuard(line.text()) && !served.isEmpty()) {
      served.get(served.size() - 1).said(line.text());
    }
  }

  /** Empty for what was begun before the cell by somebody else, or by the cell before it. */
  private Optional<Phase> phase(String requestId, Instant at) {
    Optional<Phase> sent = Optional.ofNullable(known.get(requestId));
    Optional<Phase> now = Optional.empty();
    for (Map.Entry<Phase, Instant> begin : begins.entrySet()) {
      now = at.isBefore(begin.getValue()) ? now : Optional.of(begin.getKey());
    }
    return sent.isPresent() ? sent : now;
  }

  /** What the environments have served of the cell, by log stream. */
  Map<String, List<Served>> environments() {
    Map<String, List<Served>> busy = new LinkedHashMap<>();
    environments.forEach(
        (stream, served) -> {
          List<Served> own = served.stream().filter(each -> each.phase() != null).toList();
          if (!own.isEmpty()) {
            busy.put(stream, own);
          }
        });
    return busy;
  }

  /** How many invocations of a phase that were answered have not shown up to their end. */
  int missing(Phase phase) {
    Set<String> ended = new HashSet<>();
    for (List<Served> served : environments.values()) {
      for (Served each : served) {
        if (each.hasEnded() && each.phase() == phase) {
          ended.add(each.requestId());
        }
      }
    }
    List<Call> sent =
        calls.stream().filter(call -> call.phase() == phase && !call.givenUp()).toList();
    long named =
        sent.stream()
            .filter(call -> !call.requestId().isEmpty())
            .filter(call -> !ended.contains(call.requestId()))
            .count();
    return (int) Math.max(named, sent.size() - ended.size());
  }
}
