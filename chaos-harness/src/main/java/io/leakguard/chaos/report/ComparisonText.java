package io.leakguard.chaos.report;

import io.leakguard.chaos.results.Acceptance;
import io.leakguard.chaos.results.Comparison;
import io.leakguard.chaos.results.Masking;
import io.leakguard.chaos.results.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What {@code chaos compare} prints. */
public final class ComparisonText {
  private ComparisonText() {}

  /** The comparison as lines, one for each finding and one for each shape that shows it. */
  public static List<String> lines(Comparison comparison, Results later) {
    List<String> lines = new ArrayList<>();
    List<String> counts = new ArrayList<>();
    for (Comparison.Kind kind : Comparison.Kind.values()) {
      List<Comparison.Change> changes = comparison.of(kind);
      changes.forEach(change -> change(lines, change));
      if (!changes.isEmpty()) {
        counts.add(changes.size() + " " + kind.text());
      }
    }
    for (String cell : comparison.unjudged()) {
      lines.add("could not be judged any more: " + cell);
    }
    for (Acceptance acceptance : later.accepted()) {
      if (acceptance.expired() && acceptance.used()) {
        lines.add(Summary.expired(acceptance));
      }
    }
    lines.add(counts.isEmpty() ? "no findings in either run" : String.join(", ", counts));
    return lines.stream().map(Masking::text).toList();
  }

  private static void change(List<String> lines, Comparison.Change change) {
    lines.add(
        "%-10s %s  %s  %s, key %s%s"
            .formatted(
                change.kind().text(),
                change.function(),
                Words.things(change.finding()),
                change.finding().family(),
                change.finding().key(),
                change.accepted() ? ", accepted" : ""));
    Set<String> shapes = new TreeSet<>(change.before().keySet());
    shapes.addAll(change.after().keySet());
    for (String shape : shapes) {
      lines.add(
          "           under %s: %s → %s"
              .formatted(shape, rate(change.before(), shape), rate(change.after(), shape)));
    }
  }

  private static String rate(Map<String, Double> rates, String shape) {
    Double rate = rates.get(shape);
    if (rate == null) {
      return "none";
    }
    return rate.isNaN() ? "unknown" : String.format(Locale.ROOT, "%+.1f", rate);
  }
}
