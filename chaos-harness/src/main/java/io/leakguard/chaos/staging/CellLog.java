package io.leakguard.chaos.staging;

import io.leakguard.chaos.verdict.Failure;
import io.leakguard.chaos.verdict.Gauges;
import io.leakguard.chaos.verdict.GuardReport;
import io.leakguard.chaos.verdict.Levels;
import io.leakguard.chaos.verdict.Outcome;
import io.leakguard.chaos.verdict.Past;
import io.leakguard.chaos.verdict.Phase;
import io.leakguard.chaos.verdict.PhaseRecord;
import io.leakguard.chaos.verdict.Sample;
import io.leakguard.chaos.verdict.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Brings together what callers saw and what the log says, in the words of a verdict. */
final class CellLog {
  private final LogStory story;
  private final List<Call> calls;
  private final Instant begun;

  /**
   * A cell.
   *
   * @param begun when it began, by the clock that the log goes by
   */
  CellLog(LogStory story, List<Call> calls, Instant begun) {
    this.story = story;
    this.calls = List.copyOf(calls);
    this.begun = begun;
  }

  /**
   * The environments.
   *
   * @param pasts what the guard of a log stream has said before the cell
   */
  List<Witness> witnesses(Function<String, Past> pasts) {
    List<Witness> witnesses = new ArrayList<>();
    story
        .environments()
        .forEach(
            (stream, served) -> {
              Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
              Map<Phase, List<GuardReport>> reports = new EnumMap<>(Phase.class);
              for (Served each : served) {
                counts.merge(each.phase(), 1, Integer::sum);
                reports
                    .computeIfAbsent(each.phase(), key -> new ArrayList<>())
                    .addAll(each.reports());
              }
              boolean said = served.stream().anyMatch(each -> !each.guardLines().isEmpty());
              Past past = pasts.apply(stream);
              witnesses.add(new Witness(stream, said || past.guarded(), past, counts, reports));
            });
    return witnesses;
  }

  /** How the invocations ended, and what was told after each. */
  Map<Phase, PhaseRecord> phases() {
    Map<String, Call> byId =
        calls.stream()
            .filter(call -> !call.requestId().isEmpty())
            .collect(Collectors.toMap(Call::requestId, call -> call, (one, other) -> one));
    Map<Phase, List<Sample>> samples = new EnumMap<>(Phase.class);
    Map<Phase, List<GuardReport>> reports = new EnumMap<>(Phase.class);
    int environment = 0;
    for (List<Served> served : story.environments().values()) {
      environment++;
      for (Served each : served) {
        Call call = byId.get(each.requestId());
        samples
            .computeIfAbsent(each.phase(), key -> new ArrayList<>())
            .add(sample(environment, each, call == null ? Optional.empty() : call.failure()));
        reports.computeIfAbsent(each.phase(), key -> new ArrayList<>()).addAll(each.reports());
      }
    }
    Map<Phase, PhaseRecord> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      List<Sample> taken = new ArrayList<>(samples.getOrDefault(phase, List.of()));
      taken.sort(Comparator.comparing(Sample::at));
      phases.put(phase, record(phase, taken, reports.getOrDefault(phase, List.of())));
    }
    return phases;
  }

  private PhaseRecord record(Phase phase, List<Sample> samples, List<GuardReport> reports) {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    Map<Failure, Integer> failures = new HashMap<>();
    for (Call call : calls) {
      if (call.phase() == phase) {
        outcomes.merge(Failure.outcome(call.failure()), 1, Integer::sum);
        call.failure().ifPresent(failure -> failures.merge(failure, 1, Integer::sum));
      }
    }
    return new PhaseRecord(samples, outcomes, failures, reports);
  }

  /** Levels are known only where the guard has told them. */
  private Sample sample(int environment, Served served, Optional<Failure> failure) {
    Optional<Levels> told =
        served.guardLines().stream()
            .flatMap(line -> Gauges.of(line).stream())
            .reduce((earlier, later) -> later);
    Duration at = Duration.between(begun, served.begun().plus(served.took()));
    return new Sample(
        environment,
        served.requestId(),
        at.isNegative() ? Duration.ZERO : at,
        served.took(),
        Failure.outcome(failure),
        told);
  }
}
