package io.leakguard.chaos.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was observed of one function in one phase.
 *
 * @param samples one of each invocation, in order
 * @param outcomes how many invocations ended how
 * @param failures how many invocations failed in which way
 * @param reports the guard's documents, in order
 */
public record PhaseRecord(
    List<Sample> samples,
    Map<Outcome, Integer> outcomes,
    Map<Failure, Integer> failures,
    List<GuardReport> reports) {
  /** Nothing was observed. */
  public static final PhaseRecord EMPTY = new PhaseRecord(List.of(), Map.of(), Map.of(), List.of());

  public PhaseRecord {
    samples = List.copyOf(samples);
    outcomes = Collections.unmodifiableMap(new EnumMap<>(withAll(outcomes)));
    failures = Map.copyOf(failures);
    reports = List.copyOf(reports);
  }

  private static Map<Outcome, Integer> withAll(Map<Outcome, Integer> outcomes) {
    Map<Outcome, Integer> all = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      all.put(outcome, outcomes.getOrDefault(outcome, 0));
    }
    return all;
  }

  /** All invocations that ended. */
  public int invocations() {
    return outcomes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Invocations that did not succeed. */
  public int errors() {
    return invocations() - outcomes.get(Outcome.SUCCEEDED);
  }

  /**
   * The levels of a resource over this phase, in the environment that served most of it. An
   * environment that was replaced starts from its own level, so levels of two are never mixed.
   *
   * @param before the phase before, whose last sample is where this phase starts from
   */
  int[] levels(PhaseRecord before, Resource resource) {
    int environment = busiestEnvironment();
    List<Integer> levels = new ArrayList<>();
    List<Sample> start = before.counted();
    if (!start.isEmpty() && start.get(start.size() - 1).environment() == environment) {
      levels.add(resource.of(start.get(start.size() - 1)));
    }
    for (Sample sample : counted()) {
      if (sample.environment() == environment) {
        levels.add(resource.of(sample));
      }
    }
    return levels.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The samples in which something was counted. */
  List<Sample> counted() {
    return samples.stream().filter(sample -> sample.counted().isPresent()).toList();
  }

  /** The environment that served most of the phase; -1 when none did. */
  public int busiestEnvironment() {
    int best = -1;
    long most = 0;
    List<Sample> counted = counted();
    for (int environment : counted.stream().mapToInt(Sample::environment).distinct().toArray()) {
      long count = counted.stream().filter(s -> s.environment() == environment).count();
      if (count > most) {
        most = count;
        best = environment;
      }
    }
    return best;
  }
}
