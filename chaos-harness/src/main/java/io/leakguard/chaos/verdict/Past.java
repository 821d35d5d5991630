package io.leakguard.chaos.verdict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the guard of an environment has said before.
 *
 * @param guarded whether there is one
 * @param deafTo what has grown to more than there is now: the guard tells of more than that only;
 *     empty where nothing has
 * @param levels how much there was at last, by fingerprint
 */
public record Past(boolean guarded, Optional<String> deafTo, Map<String, Integer> levels) {
  /** Nothing is known. */
  public static final Past UNKNOWN = new Past(false, Optional.empty(), Map.of());

  /** It has written more than anybody reads. */
  public static final Past TOO_LONG =
      new Past(true, Optional.of("whatever its long log tells"), Map.of());

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
    Optional<String> deafTo =
        most.entrySet().stream()
            .filter(entry -> levels.get(entry.getKey()) < entry.getValue())
            .map(entry -> families.get(entry.getKey()))
            .findFirst();
    return new Past(!lines.isEmpty(), deafTo, levels);
  }
}
