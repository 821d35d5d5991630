package io.leakguard.chaos.scenario;

import io.leakguard.chaos.verdict.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A failure as production knows it.
 *
 * @param name what a user types; named after the symptom
 * @param reproduces what happens, in one line
 * @param surfaces which bugs it brings out, in one line
 * @param faults what goes wrong in the fault phases; none for the control
 * @param invocations how many invocations each phase has
 */
public record Shape(
    String name,
    String reproduces,
    String surfaces,
    List<Fault> faults,
    Map<Phase, Integer> invocations) {

  public Shape {
    faults = List.copyOf(faults);
    invocations = Map.copyOf(invocations);
  }

  static Shape of(String name, String reproduces, String surfaces, Fault... faults) {
    return new Shape(name, reproduces, surfaces, List.of(faults), phases(8));
  }

  /** The same shape with other numbers of invocations in its fault phases. */
  Shape withFaultInvocations(int count) {
    return new Shape(name, reproduces, surfaces, faults, phases(count));
  }

  private static Map<Phase, Integer> phases(int faultInvocations) {
    Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      counts.put(phase, phase.faulty() ? faultInvocations : 4);
    }
    return counts;
  }

  /** The first fault of a kind, or {@code null}. */
  <F extends Fault> F fault(Class<F> kind) {
    return faults.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElse(null);
  }
}
