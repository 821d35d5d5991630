package io.leakguard.chaos.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Judges a cell. A resource leaks when its slope in the fault phase is above 0 with its interval,
 * and in the second fault phase again: a pool that fills up does so once. Threads and sockets are
 * counted from outside; the guard's own documents count as a witness of equal standing.
 */
public final class Judge {
  private final Map<Phase, PhaseRecord> phases;
  private final Limits limits;

  /**
   * What a function may do without being called failed.
   *
   * @param invocations how many invocations each phase was to have
   * @param errorPercent errors allowed in a phase without fault
   * @param faultErrorPercent errors allowed in a phase with fault; 100 judges none
   */
  public record Limits(
      Map<Phase, Integer> invocations, double errorPercent, double faultErrorPercent) {}

  private Judge(Map<Phase, PhaseRecord> phases, Limits limits) {
    this.phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      this.phases.put(phase, phases.getOrDefault(phase, PhaseRecord.EMPTY));
    }
    this.limits = limits;
  }

  /** Judges what was recorded of one function in one shape. */
  public static Judgement judge(Map<Phase, PhaseRecord> phases, Limits limits) {
    return new Judge(phases, limits).judge();
  }

  private Judgement judge() {
    for (Phase phase : Phase.values()) {
      int seen = phases.get(phase).invocations();
      int planned = limits.invocations().get(phase);
      if (seen < planned) {
        return Judgement.harnessFault(
            "only " + seen + " of " + planned + " invocations were seen in " + phase);
      }
    }
    Slope threads = slope(Phase.FAULT, Sample::threads);
    Slope sockets = slope(Phase.FAULT, Judge::sockets);
    List<Finding> findings = findings(threads, sockets);
    Optional<String> failure = failure();
    Verdict verdict =
        !findings.isEmpty() ? Verdict.LEAK : failure.isPresent() ? Verdict.FAILED : Verdict.CLEAN;
    return new Judgement(
        verdict,
        failure.orElse(""),
        threads,
        sockets,
        phases.get(Phase.FAULT).invocations(),
        findings,
        phases);
  }

  private static int sockets(Sample sample) {
    return sample.established() + sample.closeWait();
  }

  private Slope slope(Phase phase, ToIntFunction<Sample> resource) {
    return Slope.of(levels(phase, resource));
  }

  private int[] levels(Phase phase, ToIntFunction<Sample> resource) {
    PhaseRecord before = phases.get(phase.before());
    return phases.get(phase).levels(before, resource);
  }

  private boolean leaks(ToIntFunction<Sample> resource) {
    return slope(Phase.FAULT, resource).grows() && slope(Phase.FAULT_AGAIN, resource).grows();
  }

  private List<Finding> findings(Slope threads, Slope sockets) {
    boolean threadsLeak = leaks(Sample::threads) || guardConfirms();
    boolean socketsLeak = leaks(Judge::sockets);
    List<Finding> findings = new ArrayList<>();
    if (threadsLeak || (socketsLeak && threads.grows())) {
      findings.addAll(threadFindings(threads));
    }
    if (socketsLeak) {
      findings.add(socketFinding(sockets));
    }
    return List.copyOf(findings);
  }

  /** The guard called the same fingerprint growing in both faults. */
  private boolean guardConfirms() {
    return grown(Phase.FAULT_AGAIN).keySet().stream().anyMatch(grown(Phase.FAULT)::containsKey);
  }

  /** The last document of each fingerprint that was growing in a phase. */
  private Map<String, GuardReport> grown(Phase phase) {
    Map<String, GuardReport> grown = new LinkedHashMap<>();
    for (GuardReport report : phases.get(phase).reports()) {
      if (report.growing()) {
        grown.merge(report.fingerprint(), report, Judge::fuller);
      }
    }
    return grown;
  }

  /** Only the first document of a fingerprint has its stack, only the last has its count. */
  private static GuardReport fuller(GuardReport first, GuardReport last) {
    GuardReport described = first.stack().isEmpty() ? last : first;
    return new GuardReport(
        described.requestId(),
        last.verdict(),
        last.fingerprint(),
        described.family(),
        Math.max(first.groupThreads(), last.groupThreads()),
        last.leakedThreads(),
        described.state(),
        described.stack(),
        described.createdBy(),
        described.diagnosis());
  }

  private List<Finding> threadFindings(Slope threads) {
    boolean heals = heals(Sample::threads);
    List<GuardReport> reports = new ArrayList<>(grown(Phase.FAULT).values());
    if (reports.isEmpty()) {
      return List.of(unexplained(threads, heals));
    }
    int total = reports.stream().mapToInt(GuardReport::groupThreads).sum();
    return reports.stream()
        .sorted(Comparator.comparingInt(GuardReport::groupThreads).reversed())
        .map(report -> explained(report, threads, (double) report.groupThreads() / total, heals))
        .toList();
  }

  private static Finding explained(GuardReport report, Slope threads, double share, boolean heals) {
    return new Finding(
        "thread",
        report.fingerprint(),
        report.family(),
        threads.perInvocation() * share,
        heals,
        report.groupThreads(),
        report.state(),
        report.stack(),
        report.createdBy().isEmpty() ? null : report.createdBy(),
        report.diagnosis(),
        report.requestId());
  }

  private Finding unexplained(Slope threads, boolean heals) {
    return new Finding(
        "thread",
        null,
        "not named: the function has no guard, or its guard saw nothing",
        threads.perInvocation(),
        heals,
        rise(Sample::threads),
        null,
        null,
        null,
        "the process has more threads after each invocation; wrap the handler to see which",
        firstGrowth(Sample::threads));
  }

  private Finding socketFinding(Slope sockets) {
    boolean closedByPeer = slope(Phase.FAULT, Sample::closeWait).grows();
    return new Finding(
        "socket",
        null,
        "sockets to the upstream",
        sockets.perInvocation(),
        heals(Judge::sockets),
        rise(Judge::sockets),
        closedByPeer ? "CLOSE_WAIT" : "ESTABLISHED",
        null,
        null,
        closedByPeer
            ? "the upstream has closed these connections and the function has not: close the"
                + " response or the client in finally"
            : "each invocation keeps a connection: an unread response body, a client that is not"
                + " closed, or a call that nobody waits for any more holds it",
        firstGrowth(Judge::sockets));
  }

  private int rise(ToIntFunction<Sample> resource) {
    int[] levels = levels(Phase.FAULT, resource);
    return levels.length == 0 ? 0 : levels[levels.length - 1] - levels[0];
  }

  /** Whether the growth of the fault phase was gone at the end of recovery, all but a tenth. */
  private boolean heals(ToIntFunction<Sample> resource) {
    int[] recovery = levels(Phase.RECOVERY, resource);
    int[] fault = levels(Phase.FAULT, resource);
    if (recovery.length == 0 || fault.length == 0) {
      return false;
    }
    int left = recovery[recovery.length - 1] - fault[0];
    return left <= Math.max(1, rise(resource) / 10);
  }

  private String firstGrowth(ToIntFunction<Sample> resource) {
    List<Sample> samples = phases.get(Phase.FAULT).samples();
    for (int i = 1; i < samples.size(); i++) {
      if (resource.applyAsInt(samples.get(i)) > resource.applyAsInt(samples.get(i - 1))) {
        return samples.get(i).requestId();
      }
    }
    return samples.isEmpty() ? null : samples.get(0).requestId();
  }

  /** The warm-up is not judged: a cold start beside others on a busy machine may take too long. */
  private Optional<String> failure() {
    for (Phase phase : EnumSet.range(Phase.BASELINE, Phase.FAULT_AGAIN)) {
      PhaseRecord record = phases.get(phase);
      double limit = phase.faulty() ? limits.faultErrorPercent() : limits.errorPercent();
      if (record.errors() * 100.0 > limit * record.invocations()) {
        return Optional.of(
            record.errors()
                + " of "
                + record.invocations()
                + " invocations did not succeed in phase "
                + phase
                + " "
                + record.outcomes()
                + ", more than "
                + limit
                + " %");
      }
    }
    return Optional.empty();
  }
}
