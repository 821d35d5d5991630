package io.leakguard.chaos.scenario;

import io.leakguard.chaos.verdict.Phase;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A failure as production knows it.
 *
 * @param name what a user types; named after the symptom
 * @param reproduces what happens, in one line
 * @param surfaces which bugs it brings out, in one line
 * @param story how production comes to it; may be empty
 * @param like what is found in logs when it happens, in parts that do not vary
 * @param faults what goes wrong in the fault phases; none for the control
 * @param invocations how many invocations each phase has
 */
public record Shape(
    String name,
    String reproduces,
    String surfaces,
    String story,
    List<String> like,
    List<Fault> faults,
    Map<Phase, Integer> invocations) {

  private static final int FAULT_INVOCATIONS = 8;
  private static final int HEALTHY_INVOCATIONS = 4;

  public Shape {
    Objects.requireNonNull(story, "story");
    like = List.copyOf(like);
    faults = List.copyOf(faults);
    invocations = Map.copyOf(invocations);
  }

  static Shape of(String name, String reproduces, String surfaces, Fault... faults) {
    return new Shape(
        name,
        reproduces,
        surfaces,
        "",
        List.of(),
        Arrays.asList(faults),
        phases(FAULT_INVOCATIONS));
  }

  /** The same shape with other numbers of invocations in its fault phases. */
  Shape withFaultInvocations(int count) {
    return new Shape(name, reproduces, surfaces, story, like, faults, phases(count));
  }

  /** The same shape with other faults. */
  Shape withFaults(List<Fault> others) {
    return new Shape(name, reproduces, surfaces, story, like, others, invocations);
  }

  /** The same shape with more invocations in one phase. */
  public Shape prolonged(Phase phase, int more) {
    Map<Phase, Integer> counts = new EnumMap<>(invocations);
    counts.merge(phase, more, Integer::sum);
    return new Shape(name, reproduces, surfaces, story, like, faults, counts);
  }

  Shape withStory(String text) {
    return new Shape(name, reproduces, surfaces, text, like, faults, invocations);
  }

  /** The same shape, found by these parts of log lines. */
  Shape like(String... lines) {
    return new Shape(name, reproduces, surfaces, story, Arrays.asList(lines), faults, invocations);
  }

  private static Map<Phase, Integer> phases(int faultInvocations) {
    Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      counts.put(phase, phase.faulty() ? faultInvocations : HEALTHY_INVOCATIONS);
    }
    return counts;
  }

  /** The first fault of a kind, or {@code null}. */
  public <F extends Fault> F fault(Class<F> kind) {
    return faults.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElse(null);
  }

  /** Why it cannot be played on a function; empty when it can. */
  public Optional<String> refusal(Target target) {
    return faults.stream().flatMap(fault -> fault.refusal(target).stream()).findFirst();
  }

  /** Why it cannot be played on a function that is deployed; empty when it can. */
  public Optional<String> refusalFromOutside() {
    return faults.stream()
        .map(Fault::outside)
        .filter(FromOutside.Impossible.class::isInstance)
        .map(impossible -> ((FromOutside.Impossible) impossible).why())
        .findFirst();
  }

  /** How it is brought about: one line for each of its faults. */
  public List<String> how() {
    return faults.isEmpty()
        ? List.of("nothing is done: load like in every other phase")
        : faults.stream().map(Fault::how).toList();
  }

  /** How it is brought about on a function that is deployed. */
  public List<String> howFromOutside() {
    return faults.isEmpty() ? how() : faults.stream().map(Shape::fromOutside).toList();
  }

  private static String fromOutside(Fault fault) {
    return fault.outside() instanceof FromOutside.Disturbed disturbed
        ? new ConnectionFault.Disturb(disturbed.toxics(), disturbed.reconnect()).how()
        : fault.how();
  }

  /** What a function must have to be played on; empty when any will do. */
  public List<String> needs() {
    return faults.stream().map(Fault::needs).filter(need -> !need.isEmpty()).distinct().toList();
  }

  /** Whether it does nothing to a function that calls no upstream. */
  public boolean isAboutUpstreams() {
    return needs().contains(UpstreamFault.AN_UPSTREAM);
  }

  /** Invocations in each of the two fault phases. */
  public int faultInvocations() {
    return invocations.get(Phase.FAULT);
  }
}
