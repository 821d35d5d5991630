package io.leakguard.chaos.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What the samples and the guard's documents of a cell say, resource by resource. */
final class Evidence {
  private final Map<Phase, PhaseRecord> phases = new EnumMap<>(Phase.class);

  Evidence(Map<Phase, PhaseRecord> phases) {
    for (Phase phase : Phase.values()) {
      this.phases.put(phase, phases.getOrDefault(phase, PhaseRecord.EMPTY));
    }
  }

  PhaseRecord of(Phase phase) {
    return phases.get(phase);
  }

  /** Why a phase says too little: not all of its invocations were seen. */
  Optional<String> missing(Phase phase, int planned) {
    int seen = of(phase).invocations();
    return seen < planned
        ? Optional.of("only " + seen + " of " + planned + " invocations were seen in " + phase)
        : Optional.empty();
  }

  Map<Phase, PhaseRecord> phases() {
    return phases;
  }

  Slope slope(Phase phase, Resource resource) {
    return Slope.of(levels(phase, resource));
  }

  private int[] levels(Phase phase, Resource resource) {
    return phases.get(phase).levels(phases.get(phase.before()), resource);
  }

  /** A pool that fills up does so in the first fault and not again. */
  boolean growsTwice(Resource resource) {
    return slope(Phase.FAULT, resource).grows() && slope(Phase.FAULT_AGAIN, resource).grows();
  }

  /** How much more there was at the end of the first fault than before it. */
  int rise(Resource resource) {
    return rise(Phase.FAULT, resource);
  }

  /** What both faults added. */
  int added(Resource resource) {
    return rise(Phase.FAULT, resource) + rise(Phase.FAULT_AGAIN, resource);
  }

  int rise(Phase phase, Resource resource) {
    int[] levels = levels(phase, resource);
    return levels.length == 0 ? 0 : levels[levels.length - 1] - levels[0];
  }

  /** Whether the growth of the first fault was gone at the end of recovery, all but a tenth. */
  boolean healsAtOnce(Resource resource) {
    int[] recovery = levels(Phase.RECOVERY, resource);
    int[] fault = levels(Phase.FAULT, resource);
    if (recovery.length == 0 || fault.length == 0) {
      return false;
    }
    int left = recovery[recovery.length - 1] - fault[0];
    return left <= Math.max(1, rise(resource) / 10);
  }

  /** Whether of what both faults added no more than a tenth is left in these levels. */
  boolean goneFrom(Levels now, Resource resource) {
    int[] fault = levels(Phase.FAULT, resource);
    int left = fault.length == 0 ? 0 : resource.of(now) - fault[0];
    return left <= Math.max(1, added(resource) / 10);
  }

  /**
   * Whether more invocations of a phase would show nothing that these do not: everything is level
   * and the guard silent, or what grows did so each time and the guard says so too.
   */
  boolean isClear(Phase phase) {
    List<GuardReport> told = phases.get(phase).reports();
    boolean grows = false;
    for (Resource resource : List.of(Resource.THREADS, Resource.SOCKETS, Resource.DESCRIPTORS)) {
      int[] levels = levels(phase, resource);
      if (levels.length < Slope.FEWEST_POINTS) {
        return false;
      }
      boolean level = Arrays.stream(levels).max().orElseThrow() <= levels[0];
      grows |= !level;
      if (!level && !risesEachTime(levels)) {
        return false;
      }
    }
    return grows ? told.stream().anyMatch(GuardReport::growing) : told.isEmpty();
  }

  private static boolean risesEachTime(int[] levels) {
    for (int i = 1; i < levels.length; i++) {
      if (levels[i] <= levels[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the guard called the same fingerprint growing in both faults. */
  boolean guardConfirms(Predicate<GuardReport> which) {
    return grown(Phase.FAULT_AGAIN, which).keySet().stream()
        .anyMatch(grown(Phase.FAULT, which)::containsKey);
  }

  /** Whether the guard called something growing in a fault. */
  boolean guardSees(Predicate<GuardReport> which) {
    return !grown(Phase.FAULT, which).isEmpty() || !grown(Phase.FAULT_AGAIN, which).isEmpty();
  }

  /** The last document of each fingerprint that was growing in a phase. */
  Map<String, GuardReport> grown(Phase phase, Predicate<GuardReport> which) {
    Map<String, GuardReport> grown = new LinkedHashMap<>();
    for (GuardReport report : phases.get(phase).reports()) {
      if (report.growing() && which.test(report)) {
        grown.merge(report.fingerprint(), report, Evidence::fuller);
      }
    }
    grown.replaceAll((fingerprint, report) -> described(report));
    return grown;
  }

  /** What leaks without a fault has been described before the first of them. */
  private GuardReport described(GuardReport report) {
    if (!report.stack().isEmpty()) {
      return report;
    }
    return phases.values().stream()
        .flatMap(phase -> phase.reports().stream())
        .filter(earlier -> earlier.fingerprint().equals(report.fingerprint()))
        .filter(earlier -> !earlier.stack().isEmpty())
        .findFirst()
        .map(earlier -> fuller(earlier, report))
        .orElse(report);
  }

  /** Only the first document of a fingerprint has its stack, only the last has its count. */
  private static GuardReport fuller(GuardReport first, GuardReport last) {
    GuardReport described = first.stack().isEmpty() ? last : first;
    return new GuardReport(
        described.kind(),
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

  /** The invocation of the first fault that left the first one; {@code null} when none is known. */
  String firstGrowth(Resource resource) {
    List<Sample> samples = phases.get(Phase.FAULT).counted();
    for (int i = 1; i < samples.size(); i++) {
      if (resource.of(samples.get(i)) > resource.of(samples.get(i - 1))) {
        return samples.get(i).requestId();
      }
    }
    return samples.isEmpty() ? null : samples.get(0).requestId();
  }

  /** The heap after collection over the whole cell, in the environment of the first fault. */
  Optional<Slope> memory() {
    int environment = phases.get(Phase.FAULT).busiestEnvironment();
    List<Double> invocations = new ArrayList<>();
    List<Double> heaps = new ArrayList<>();
    int number = 0;
    for (PhaseRecord record : phases.values()) {
      for (Sample sample : record.samples()) {
        number++;
        if (sample.environment() == environment
            && sample.counted().isPresent()
            && sample.levels().heapMegabytes().isPresent()) {
          invocations.add((double) number);
          heaps.add(sample.levels().heapMegabytes().getAsDouble());
        }
      }
    }
    return heaps.size() < Slope.FEWEST_POINTS
        ? Optional.empty()
        : Optional.of(Slope.of(array(invocations), array(heaps)));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** How much each family of threads grew in the first fault, in the environment that served it. */
  Map<String, Integer> grownFamilies() {
    int environment = phases.get(Phase.FAULT).busiestEnvironment();
    List<Sample> samples = new ArrayList<>(phases.get(Phase.BASELINE).counted());
    samples.addAll(phases.get(Phase.FAULT).counted());
    samples.removeIf(sample -> sample.environment() != environment);
    Map<String, Integer> grown = new LinkedHashMap<>();
    if (samples.size() > 1) {
      int from = Math.max(0, samples.size() - phases.get(Phase.FAULT).counted().size() - 1);
      Map<String, Integer> before = samples.get(from).levels().families();
      samples
          .get(samples.size() - 1)
          .levels()
          .families()
          .forEach(
              (family, count) -> {
                int more = count - before.getOrDefault(family, 0);
                if (more > 0) {
                  grown.put(family, more);
                }
              });
    }
    return grown;
  }
}
