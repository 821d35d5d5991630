package io.leakguard.chaos.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/** Cells with made-up levels, one row of them per phase. */
final class Cells {
  private final Map<Phase, PhaseRecord> phases = new EnumMap<>(Phase.class);
  private final IntFunction<Levels> levels;

  private Cells(IntFunction<Levels> levels) {
    this.levels = levels;
    for (Phase phase : Phase.values()) {
      with(phase, 10, 10, 10, 10, 10, 10, 10, 10);
    }
  }

  /** A cell whose rows are threads. */
  static Cells threads() {
    return new Cells(value -> Levels.of(value, 0, 0));
  }

  /** A cell whose rows are sockets in state ESTABLISHED. */
  static Cells established() {
    return new Cells(value -> Levels.of(10, value, 0));
  }

  /** A cell whose rows are sockets in state CLOSE_WAIT. */
  static Cells closeWait() {
    return new Cells(value -> Levels.of(10, 0, value));
  }

  /** A cell whose rows are descriptors. */
  static Cells descriptors() {
    return new Cells(value -> full(value, 0, OptionalDouble.empty()));
  }

  /** A cell whose rows are requests that came twice. */
  static Cells duplicates() {
    return new Cells(value -> full(0, value, OptionalDouble.empty()));
  }

  /** A cell whose rows are megabytes of heap after a collection. */
  static Cells heap() {
    return new Cells(value -> full(0, 0, OptionalDouble.of(value)));
  }

  private static Levels full(int descriptors, int duplicates, OptionalDouble heap) {
    return new Levels(10, 0, 0, descriptors, 0, duplicates, 80, heap, Map.of());
  }

  Cells with(Phase phase, int... row) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      samples.add(sample(1, phase + "-" + i, levels.apply(row[i])));
    }
    List<GuardReport> reports = phases.containsKey(phase) ? phases.get(phase).reports() : List.of();
    phases.put(
        phase, new PhaseRecord(samples, Map.of(Outcome.SUCCEEDED, row.length), Map.of(), reports));
    return this;
  }

  Cells told(Phase phase, GuardReport report) {
    PhaseRecord record = phases.get(phase);
    phases.put(
        phase, new PhaseRecord(record.samples(), record.outcomes(), Map.of(), List.of(report)));
    return this;
  }

  /** Rises by one each time in both faults, from what was there, and stays in the recovery. */
  static Cells leakingThreads() {
    return threads()
        .with(Phase.FAULT, 11, 12, 13, 14, 15, 16, 17, 18)
        .with(Phase.RECOVERY, 18, 18, 18, 18, 18, 18, 18, 18)
        .with(Phase.FAULT_AGAIN, 19, 20, 21, 22, 23, 24, 25, 26);
  }

  static Sample sample(int environment, String request, Levels levels) {
    return new Sample(
        environment, request, Duration.ZERO, Duration.ZERO, Outcome.SUCCEEDED, Optional.of(levels));
  }

  static GuardReport report(String kind, String verdict, int level) {
    return new GuardReport(
        kind, "r1", verdict, "f1", "family", level, level, "", List.of(), "", "a diagnosis");
  }

  Map<Phase, PhaseRecord> phases() {
    return phases;
  }

  Judgement judge() {
    Map<Phase, Integer> planned = new EnumMap<>(Phase.class);
    phases.forEach((phase, record) -> planned.put(phase, Math.min(4, record.invocations())));
    return Judge.judge(phases, Course.UNKNOWN, new Judge.Limits(planned, 5, 100, 1));
  }
}
