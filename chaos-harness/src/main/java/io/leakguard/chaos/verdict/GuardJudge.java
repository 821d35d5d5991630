package io.leakguard.chaos.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges a cell by what the guards of its environments say, where nothing can be counted from
 * outside. Something leaks when one guard told of it in the first fault phase and called it growing
 * in the second. A silent guard is a witness only when it is known to be there, and to have seen
 * enough of both phases.
 */
public final class GuardJudge {
  /** As many as a slope needs: the guard confirms growth at the third rise. */
  private static final int FEWEST_INVOCATIONS = Slope.FEWEST_POINTS - 1;

  /** A guard counts what is three invocations old where some like it have ended. */
  private static final int UNTIL_OLD = 4;

  private static final Set<Phase> FAULTS = Set.of(Phase.FAULT, Phase.FAULT_AGAIN);

  private final List<Witness> witnesses;
  private final Evidence evidence;
  private final Course course;
  private final Judge.Limits limits;

  private GuardJudge(
      List<Witness> witnesses, Evidence evidence, Course course, Judge.Limits limits) {
    this.witnesses = List.copyOf(witnesses);
    this.evidence = evidence;
    this.course = course;
    this.limits = limits;
  }

  /**
   * Judges.
   *
   * @param phases how the invocations ended, of all environments together
   */
  public static Judgement judge(
      List<Witness> witnesses, Map<Phase, PhaseRecord> phases, Course course, Judge.Limits limits) {
    return new GuardJudge(witnesses, new Evidence(phases), course, limits).judge();
  }

  private Judgement judge() {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      return Judgement.harnessFault(missing.get()).withCourse(course);
    }
    List<Finding> leaks = leaks();
    if (!leaks.isEmpty()) {
      return judgement(Verdict.LEAK, "", leaks);
    }
    Failures failures = new Failures(evidence, limits);
    if (failures.reason().isPresent()) {
      return judgement(Verdict.FAILED, failures.reason().get(), List.of());
    }
    Optional<String> doubt = doubt();
    return doubt.isPresent()
        ? Judgement.harnessFault(doubt.get()).withCourse(course)
        : judgement(Verdict.CLEAN, failures.refusal().or(this::suspicion).orElse(""), List.of());
  }

  private Judgement judgement(Verdict verdict, String reason, List<Finding> findings) {
    boolean heals = findings.stream().allMatch(Finding::heals);
    return new Judgement(
        verdict,
        reason,
        slopes(findings),
        Optional.empty(),
        verdict == Verdict.LEAK
            ? Optional.of(heals ? Healing.AT_ONCE : Healing.NOT_LOOKED_AT)
            : Optional.empty(),
        evidence.of(Phase.FAULT).invocations(),
        findings,
        evidence.phases(),
        course,
        Optional.empty(),
        Optional.empty());
  }

  /** The guard's own counts have no spread. */
  private static Map<Resource, Slope> slopes(List<Finding> findings) {
    Map<Resource, Slope> slopes = new EnumMap<>(Resource.class);
    for (Finding finding : findings) {
      Resource resource =
          switch (finding.kind()) {
            case "socket" -> Resource.SOCKETS;
            case "descriptor" -> Resource.DESCRIPTORS;
            case "backlog" -> Resource.BACKLOG;
            default -> Resource.THREADS;
          };
      double sum =
          slopes.getOrDefault(resource, Slope.NONE).perInvocation() + finding.perInvocation();
      slopes.put(resource, new Slope(sum, sum, sum));
    }
    return slopes;
  }

  private Optional<String> missing() {
    return Stream.of(Phase.values())
        .map(phase -> evidence.missing(phase, limits.invocations().get(phase)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Largest first; what several environments tell is told once. */
  private List<Finding> leaks() {
    Map<String, Finding> leaks = new LinkedHashMap<>();
    for (Witness witness : witnesses) {
      for (Finding finding : new Testimony(witness).leaks()) {
        leaks.merge(
            finding.fingerprint(),
            finding,
            (one, other) -> one.perInvocation() >= other.perInvocation() ? one : other);
      }
    }
    return leaks.values().stream()
        .sorted(Comparator.comparingDouble(Finding::perInvocation).reversed())
        .toList();
  }

  /** Why silence does not mean that nothing leaks; empty where it does. */
  private Optional<String> doubt() {
    List<Witness> concerned = new ArrayList<>(witnesses);
    concerned.removeIf(witness -> FAULTS.stream().allMatch(phase -> witness.served(phase) == 0));
    for (Witness witness : concerned) {
      if (!witness.guarded()) {
        return Optional.of(
            "nothing in the log of environment "
                + witness.name()
                + " comes from a guard, so that its silence says nothing");
      }
      Optional<String> unheard = unheard(witness);
      if (unheard.isPresent()) {
        return unheard;
      }
      Optional<Phase> grew = new Testimony(witness).growsInOneOnly();
      if (grew.isPresent()) {
        return Optional.of(
            "environment %s grew in phase %s, and nothing is known of it in the other fault phase"
                .formatted(witness.name(), grew.get()));
      }
    }
    boolean seen =
        concerned.stream()
            .anyMatch(w -> FAULTS.stream().allMatch(p -> w.served(p) >= FEWEST_INVOCATIONS));
    return seen || endEnvironments()
        ? Optional.empty()
        : Optional.of(
            "none of %d environments served %d invocations of both fault phases"
                .formatted(concerned.size(), FEWEST_INVOCATIONS));
  }

  /**
   * Of threads like some that have ended a guard tells when there are more, each some invocations
   * old.
   */
  private static Optional<String> unheard(Witness witness) {
    return witness
        .past()
        .deafTo()
        .filter(ended -> ended.count() > witness.served(Phase.FAULT_AGAIN) - UNTIL_OLD)
        .map(
            ended ->
                ("environment %s had more of %s before, and its guard tells of more than that"
                        + " only: play the shape in a new one")
                    .formatted(witness.name(), ended.family()));
  }

  /** What a guard has seen once in a fault and never confirmed is worth a word. */
  private Optional<String> suspicion() {
    return witnesses.stream()
        .flatMap(witness -> new Testimony(witness).suspicions().stream())
        .findFirst()
        .map(family -> "suspected, and not confirmed in so few invocations: " + family);
  }

  /** Where each fault ends its environment nothing can pile up in one. */
  private boolean endEnvironments() {
    return FAULTS.stream()
        .map(evidence::of)
        .allMatch(
            phase ->
                phase.outcomes().get(Outcome.TIMED_OUT) + phase.outcomes().get(Outcome.CRASHED)
                    > 0);
  }
}
