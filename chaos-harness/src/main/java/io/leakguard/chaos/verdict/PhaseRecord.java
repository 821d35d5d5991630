package io.leakguard.chaos.verdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What was observed of one function in one phase.
 *
 * @param samples one after each invocation, in order
 * @param outcomes how many invocations ended how
 * @param reports the guard's documents, in order
 */
public record PhaseRecord(
    List<Sample> samples, Map<Outcome, Integer> outcomes, List<GuardReport> reports) {
  /** Nothing was observed. */
  public static final PhaseRecord EMPTY = new PhaseRecord(List.of(), Map.of(), List.of());

  public PhaseRecord {
    samples = List.copyOf(samples);
    outcomes = Collections.unmodifiableMap(new EnumMap<>(withAll(outcomes)));
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
  int[] levels(PhaseRecord before, ToIntFunction<Sample> resource) {
    int environment = busiestEnvironment();
    List<Integer> levels = new ArrayList<>();
    if (!before.samples.isEmpty()) {
      Sample start = before.samples.get(before.samples.size() - 1);
      if (start.environment() == environment) {
        levels.add(resource.applyAsInt(start));
      }
    }
    for (Sample sample : samples) {
      if (sample.environment() == environment) {
        levels.add(resource.applyAsInt(sample));
      }
    }
    return levels.stream().mapToInt(Integer::intValue).toArray();
  }

  private int busiestEnvironment() {
    int best = -1;
    long most = 0;
    for (int environment : samples.stream().mapToInt(Sample::environment).distinct().toArray()) {
      long count = samples.stream().filter(s -> s.environment() == environment).count();
      if (count > most) {
        most = count;
        best = environment;
      }
    }
    return best;
  }
}
