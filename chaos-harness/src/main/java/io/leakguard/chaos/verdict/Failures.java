package io.leakguard.chaos.verdict;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why a function failed: too many errors, or one that no fault excuses. */
final class Failures {
  private final Evidence evidence;
  private final Judge.Limits limits;

  Failures(Evidence evidence, Judge.Limits limits) {
    this.evidence = evidence;
    this.limits = limits;
  }

  /** The warm-up is not judged: a cold start beside others on a busy machine may take too long. */
  Optional<String> reason() {
    for (Phase phase : EnumSet.range(Phase.BASELINE, Phase.FAULT_AGAIN)) {
      PhaseRecord record = evidence.of(phase);
      double limit = phase.faulty() ? limits.faultErrorPercent() : limits.errorPercent();
      if (record.errors() * 100.0 > limit * record.invocations()) {
        return Optional.of(
            "%d of %d invocations failed in phase %s, more than %s %%: %s"
                .formatted(
                    record.errors(),
                    record.invocations(),
                    phase,
                    number(limit),
                    words(without(record, Failure.Kind.REFUSAL))));
      }
      Map<Failure, Integer> neverRight =
          record.failures().entrySet().stream()
              .filter(failure -> failure.getKey().kind().isNeverRight())
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      if (!neverRight.isEmpty()) {
        return Optional.of("in phase %s %s".formatted(phase, words(neverRight)));
      }
    }
    return Optional.empty();
  }

  /** A function that refuses every event does not show what it does with one. */
  Optional<String> refusal() {
    PhaseRecord record = evidence.of(Phase.BASELINE);
    int refusals =
        record.failures().entrySet().stream()
            .filter(failure -> failure.getKey().kind() == Failure.Kind.REFUSAL)
            .mapToInt(Map.Entry::getValue)
            .sum();
    return refusals > 0 && refusals == record.invocations()
        ? Optional.of(words(record.failures()) + ": it may need an event of its own (--event FILE)")
        : Optional.empty();
  }

  private static Map<Failure, Integer> without(PhaseRecord record, Failure.Kind kind) {
    return record.failures().entrySet().stream()
        .filter(failure -> failure.getKey().kind() != kind)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String number(double percent) {
    return String.format(Locale.ROOT, percent == Math.rint(percent) ? "%.0f" : "%s", percent);
  }

  /** The most frequent ones first; of many kinds three are enough. */
  private static String words(Map<Failure, Integer> failures) {
    List<String> words =
        failures.entrySet().stream()
            .sorted(
                Map.Entry.<Failure, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(entry -> entry.getKey().text()))
            .limit(3)
            .map(
                entry ->
                    entry.getKey().text()
                        + (entry.getValue() > 1 ? " (" + entry.getValue() + " times)" : ""))
            .toList();
    return words.isEmpty() ? "no reason is known" : String.join("; ", words);
  }
}
