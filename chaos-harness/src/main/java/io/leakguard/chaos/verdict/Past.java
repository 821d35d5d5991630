package io.leakguard.chaos.verdict;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the guard of an environment has said before.
 *
 * @param guarded whether there is one
 * @param deafTo of what there were most more than there are now, when it grew: the guard tells of
 *     more than there were only; empty where nothing has ended
 * @param levels how much there was at last, by fingerprint
 */
public record Past(boolean guarded, Optional<Ended> deafTo, Map<String, Integer> levels) {
  /**
   * What has ended.
   *
   * @param family whose threads, or what else it was
   * @param count how many
   */
  public record Ended(String family, int count) {}

  /** Nothing is known. */
  public static final Past UNKNOWN = new Past(false, Optional.empty(), Map.of());

  /** It has written more than anybody reads. */
  public static final Past TOO_LONG =
      new Past(
          true, Optional.of(new Ended("whatever its long log tells", Integer.MAX_VALUE)), Map.of());

  public Past {
    levels = Map.copyOf(levels);
  }

  /** From all lines that only a guard writes, oldest first. */
  public static Past of(List<String> lines) {
    Map<String, Integer> most = new HashMap<>();
    Map<String, Integer> levels = new HashMap<>();
    Map<String, String> families = new HashMap<>();
    for (String line : lines) {
      GuardReport.parse(line)
          .ifPresent(
              report -> {
                levels.put(report.fingerprint(), report.groupThreads());
                families.put(report.fingerprint(), report.family());
                if (report.growing()) {
                  most.merge(report.fingerprint(), report.groupThreads(), Math::max);
                }
              });
    }
    Optional<Ended> deafTo =
        most.entrySet().stream()
            .map(
                entry ->
                    new Ended(
                        families.get(entry.getKey()),
                        entry.getValue() - levels.get(entry.getKey())))
            .filter(ended -> ended.count() > 0)
            .max(Comparator.comparingInt(Ended::count));
    return new Past(!lines.isEmpty(), deafTo, levels);
  }
}
