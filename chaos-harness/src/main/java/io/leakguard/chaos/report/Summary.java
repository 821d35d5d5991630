package io.leakguard.chaos.report;

import io.leakguard.chaos.results.Acceptance;
import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.Masking;
import io.leakguard.chaos.results.Results;
import java.util.ArrayList;
import java.util.List;

/** The last lines of a run on the terminal: what counts, what was accepted, what is missing. */
public final class Summary {
  private Summary() {}

  /** All of it, for results that are not told on the terminal otherwise. */
  public static List<String> lines(Results results) {
    List<String> lines = new ArrayList<>();
    for (CellResult cell : results.cells()) {
      if (!cell.verdict().equals("clean")) {
        lines.add("%s under %s: %s".formatted(cell.function(), cell.shape(), Words.word(cell)));
      }
    }
    results.conflicts().forEach(conflict -> lines.add("judged differently: " + conflict));
    results.missingShards().forEach(shard -> lines.add("missing: shard " + shard));
    lines.addAll(verdict(results));
    return lines.stream().map(Masking::text).toList();
  }

  /** What was accepted or has expired, then the verdict. */
  public static List<String> verdict(Results results) {
    List<String> lines = new ArrayList<>();
    for (Acceptance acceptance : results.accepted()) {
      if (acceptance.expired() && acceptance.used()) {
        lines.add(expired(acceptance));
      } else if (acceptance.used()) {
        lines.add(
            "accepted until %s: %s (%s)"
                .formatted(acceptance.until(), acceptance.fingerprint(), acceptance.reason()));
      } else {
        lines.add("accepted but not found: " + acceptance.fingerprint());
      }
    }
    String counts = results.cells().isEmpty() ? "" : ": " + Words.counts(results);
    lines.add(Words.verdict(results) + counts);
    return lines.stream().map(Masking::text).toList();
  }

  static String expired(Acceptance acceptance) {
    return "the acceptance of %s expired on %s: it counts again"
        .formatted(acceptance.fingerprint(), acceptance.until());
  }
}
