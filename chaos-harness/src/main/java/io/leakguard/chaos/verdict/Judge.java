package io.leakguard.chaos.verdict;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges a cell. A resource leaks when its slope is above 0 with its interval in both fault phases,
 * the recovery between them did not undo it, and both together added more than caches and pools may
 * keep; or when the guard confirmed in both that it grows.
 */
public final class Judge {
  /** What the JDK's keep-alive cache holds per host; other clients' defaults are no larger. */
  static final int KEPT_ALIVE_PER_HOST = 5;

  /** A helper that a library starts late. */
  private static final int THREAD_ALLOWANCE = 1;

  private final Evidence evidence;
  private final Course course;
  private final Limits limits;

  /**
   * What a function may do without being called leaking or failed.
   *
   * @param invocations how many invocations each phase was to have
   * @param errorPercent errors allowed in a phase without fault
   * @param faultErrorPercent errors allowed in a phase with fault; 100 judges none
   * @param upstreams how many upstreams it may keep connections to
   */
  public record Limits(
      Map<Phase, Integer> invocations,
      double errorPercent,
      double faultErrorPercent,
      int upstreams) {}

  private Judge(Map<Phase, PhaseRecord> phases, Course course, Limits limits) {
    this.evidence = new Evidence(phases);
    this.course = course;
    this.limits = limits;
  }

  /** Judges what was recorded of one function in one shape. */
  public static Judgement judge(Map<Phase, PhaseRecord> phases, Course course, Limits limits) {
    return new Judge(phases, course, limits).judge();
  }

  /** Whether more invocations of a phase would say nothing that these do not. */
  public static boolean isClear(Map<Phase, PhaseRecord> phases, Phase phase) {
    return new Evidence(phases).isClear(phase);
  }

  /**
   * Whether something rose in a phase by more than one and its slope does not say that it grows.
   */
  public static boolean isUndecided(Map<Phase, PhaseRecord> phases, Phase phase) {
    Evidence evidence = new Evidence(phases);
    return Stream.of(Resource.THREADS, Resource.SOCKETS, Resource.DESCRIPTORS)
        .anyMatch(
            resource ->
                evidence.rise(phase, resource) > 1 && !evidence.slope(phase, resource).grows());
  }

  /** Says whether a leak has healed, by what its environment held after a minute of idleness. */
  public static Judgement afterIdle(Judgement judgement, Levels now) {
    Evidence evidence = new Evidence(judgement.phases());
    boolean gone =
        Stream.of(Resource.THREADS, Resource.SOCKETS, Resource.DESCRIPTORS)
            .allMatch(resource -> evidence.goneFrom(now, resource));
    return judgement.withHealing(gone ? Healing.AFTER_IDLE : Healing.STAYS);
  }

  private Judgement judge() {
    Optional<String> trouble = trouble();
    if (trouble.isPresent()) {
      return Judgement.harnessFault(trouble.get()).withCourse(course);
    }
    List<Finding> leaks = leaks();
    Optional<String> failure = new Failures(evidence, limits).reason();
    Verdict verdict =
        !leaks.isEmpty() ? Verdict.LEAK : failure.isPresent() ? Verdict.FAILED : Verdict.CLEAN;
    List<Finding> findings = new ArrayList<>(leaks);
    if (evidence.growsTwice(Resource.DUPLICATES)) {
      findings.add(new Explanations(evidence, course).duplicates());
    }
    return new Judgement(
        verdict,
        failure.or(this::remark).orElse(""),
        slopes(),
        evidence.memory(),
        verdict == Verdict.LEAK ? Optional.of(healing(leaks)) : Optional.empty(),
        evidence.of(Phase.FAULT).invocations(),
        findings,
        evidence.phases(),
        course,
        Optional.empty(),
        Optional.empty());
  }

  private Map<Resource, Slope> slopes() {
    Map<Resource, Slope> slopes = new EnumMap<>(Resource.class);
    for (Resource resource : Resource.values()) {
      slopes.put(resource, evidence.slope(Phase.FAULT, resource));
    }
    return slopes;
  }

  private static Healing healing(List<Finding> leaks) {
    return leaks.stream().allMatch(Finding::heals) ? Healing.AT_ONCE : Healing.NOT_LOOKED_AT;
  }

  /** Why the cell cannot be judged, if it cannot. */
  private Optional<String> trouble() {
    for (Phase phase : Phase.values()) {
      Optional<String> missing = evidence.missing(phase, limits.invocations().get(phase));
      if (missing.isPresent()) {
        return missing;
      }
      int seen = evidence.of(phase).invocations();
      int counted = evidence.of(phase).counted().size();
      if (phase.faulty() && isUncounted(phase)) {
        return Optional.of(
            "only " + counted + " of " + seen + " invocations could be counted in " + phase);
      }
    }
    return Optional.empty();
  }

  /** One environment lived through the phase and still there are too few points for a slope. */
  private boolean isUncounted(Phase phase) {
    PhaseRecord record = evidence.of(phase);
    boolean stayed = record.samples().stream().map(Sample::environment).distinct().count() == 1;
    return stayed
        && record.outcomes().get(Outcome.TIMED_OUT) + record.outcomes().get(Outcome.CRASHED) == 0
        && record.counted().size() < Slope.FEWEST_POINTS - 1;
  }

  private List<Finding> leaks() {
    boolean threads =
        leaks(Resource.THREADS, THREAD_ALLOWANCE)
            || evidence.guardConfirms(GuardReport::ofThreads)
            || (evidence.growsTwice(Resource.THREADS)
                && evidence.guardSees(GuardReport::ofThreads));
    boolean sockets = socketsLeak();
    Explanations explanations = new Explanations(evidence, course);
    List<Finding> findings = new ArrayList<>();
    if (threads || (sockets && evidence.slope(Phase.FAULT, Resource.THREADS).grows())) {
      findings.addAll(explanations.threads());
    }
    if (sockets) {
      findings.add(explanations.sockets());
    }
    if (findings.isEmpty() && descriptorsLeak()) {
      findings.add(explanations.descriptors());
    }
    if (evidence.guardConfirms(report -> report.kind().equals("backlog"))) {
      findings.addAll(explanations.backlog());
    }
    return List.copyOf(findings);
  }

  private boolean socketsLeak() {
    return leaks(Resource.SOCKETS, keptAlive()) || leaks(Resource.CLOSE_WAIT, keptAlive());
  }

  /** Threads and sockets hold descriptors too, and are told as what they are. */
  private boolean descriptorsLeak() {
    return leaks(Resource.DESCRIPTORS, keptAlive() + KEPT_ALIVE_PER_HOST);
  }

  private int keptAlive() {
    return KEPT_ALIVE_PER_HOST * Math.max(1, limits.upstreams());
  }

  private boolean leaks(Resource resource, int allowance) {
    return evidence.growsTwice(resource)
        && !evidence.healsAtOnce(resource)
        && evidence.added(resource) > allowance;
  }

  /** What is worth a word though it is no leak. */
  private Optional<String> remark() {
    Optional<String> refusal = new Failures(evidence, limits).refusal();
    if (refusal.isPresent()) {
      return refusal;
    }
    for (Resource resource : List.of(Resource.THREADS, Resource.SOCKETS)) {
      if (leaks().isEmpty() && evidence.growsTwice(resource) && evidence.healsAtOnce(resource)) {
        return Optional.of(
            resource.text() + " grow while the fault lasts and are gone when it is over");
      }
    }
    return Optional.empty();
  }
}
