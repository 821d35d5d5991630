package io.leakguard.chaos.verdict;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the guard of one environment says leaks. */
final class Testimony {
  /** Of these the guard tells how many there are, not how many are surplus. */
  private static final Set<String> LEVELS = Set.of("socket", "descriptor");

  private final Witness witness;
  private final Evidence evidence;

  Testimony(Witness witness) {
    this.witness = witness;
    Map<Phase, PhaseRecord> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      phases.put(phase, new PhaseRecord(List.of(), Map.of(), Map.of(), witness.reports(phase)));
    }
    this.evidence = new Evidence(phases);
  }

  /** Growing in the second fault, and in the first one growing too, or a suspicion. */
  List<Finding> leaks() {
    List<Finding> leaks = new ArrayList<>();
    for (GuardReport report : evidence.grown(Phase.FAULT_AGAIN, Testimony::isJudged).values()) {
      Optional<GuardReport> first = last(Phase.FAULT, report.fingerprint());
      GuardReport grown =
          evidence.grown(Phase.FAULT, Testimony::isJudged).get(report.fingerprint());
      boolean told = grown != null || first.filter(GuardReport::suspected).isPresent();
      if (told) {
        boolean described = grown != null && !grown.stack().isEmpty();
        leaks.add(finding(described ? grown : report, first.orElseThrow(), report));
      }
    }
    return leaks;
  }

  /** Memory grows for many reasons; as in a local run it is told and not judged. */
  private static boolean isJudged(GuardReport report) {
    return !report.kind().equals("memory");
  }

  /**
   * The fault phase in which something grew though the other one does not say that it leaks: the
   * first, where the environment did not serve the second, or the second. What grew in the first
   * alone is a pool that has filled.
   */
  Optional<Phase> growsInOneOnly() {
    boolean first = !evidence.grown(Phase.FAULT, Testimony::isJudged).isEmpty();
    if (first && witness.served(Phase.FAULT_AGAIN) == 0) {
      return Optional.of(Phase.FAULT);
    }
    boolean second = !evidence.grown(Phase.FAULT_AGAIN, Testimony::isJudged).isEmpty();
    return second ? Optional.of(Phase.FAULT_AGAIN) : Optional.empty();
  }

  /** Families that were told of in a fault, and of which nothing more was said. */
  List<String> suspicions() {
    return Stream.of(Phase.FAULT, Phase.FAULT_AGAIN)
        .flatMap(phase -> witness.reports(phase).stream())
        .filter(GuardReport::suspected)
        .filter(
            report ->
                Stream.of(Phase.RECOVERY, Phase.FAULT_AGAIN)
                    .flatMap(phase -> last(phase, report.fingerprint()).stream())
                    .allMatch(GuardReport::suspected))
        .map(GuardReport::family)
        .toList();
  }

  private Optional<GuardReport> last(Phase phase, String fingerprint) {
    return witness.reports(phase).stream()
        .filter(report -> report.fingerprint().equals(fingerprint))
        .reduce((earlier, later) -> later);
  }

  private Finding finding(GuardReport described, GuardReport first, GuardReport again) {
    String kind = described.kind();
    return new Finding(
        isOther(kind) || kind.equals("virtual-thread") ? kind : "thread",
        described.fingerprint(),
        described.family(),
        perInvocation(first, again),
        heals(first),
        first.groupThreads(),
        described.state().isEmpty() ? null : described.state(),
        described.stack().isEmpty() ? null : described.stack(),
        described.createdBy().isEmpty() ? null : described.createdBy(),
        described.diagnosis(),
        described.requestId());
  }

  private static boolean isOther(String kind) {
    return LEVELS.contains(kind) || kind.equals("backlog");
  }

  /**
   * How many more there were per invocation of the first fault, or of both where the guard was not
   * sure in the first: it tells the number of a suspicion once only.
   */
  private double perInvocation(GuardReport first, GuardReport again) {
    int before = before(first.fingerprint(), first);
    double inFirst =
        (double) (first.groupThreads() - before) / Math.max(1, witness.served(Phase.FAULT));
    int both = witness.served(Phase.FAULT) + witness.served(Phase.FAULT_AGAIN);
    double inBoth = (double) (again.groupThreads() - before) / Math.max(1, both);
    return Math.max(0, first.growing() ? inFirst : inBoth);
  }

  private int before(String fingerprint, GuardReport first) {
    Integer level = witness.past().levels().get(fingerprint);
    if (level != null) {
      return level;
    }
    return LEVELS.contains(first.kind())
        ? witness.reports(Phase.FAULT).stream()
            .filter(report -> report.fingerprint().equals(fingerprint))
            .findFirst()
            .map(GuardReport::groupThreads)
            .orElse(0)
        : 0;
  }

  /** Whether the recovery undid it, all but a tenth. */
  private boolean heals(GuardReport first) {
    return last(Phase.RECOVERY, first.fingerprint())
        .filter(
            report ->
                report.verdict().equals("RECOVERED")
                    || report.groupThreads() <= Math.max(1, first.groupThreads() / 10))
        .isPresent();
  }
}
