package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.FunctionResult;
import io.leakguard.chaos.results.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a run has not exercised: as it says itself, and as its figures show. */
final class Unexercised {
  private Unexercised() {}

  /** One line for each. */
  static List<String> of(Results results) {
    List<String> lines = new ArrayList<>();
    for (Results.NotExercised each : results.notExercised()) {
      lines.add(each.function() + ": " + text(each));
    }
    for (String function : results.functionNames()) {
      String told = shown(results, function);
      if (told.isEmpty()) {
        neverCalled(results, function).forEach(each -> lines.add(function + ": " + text(each)));
        continue;
      }
      boolean known =
          results.notExercised().stream().anyMatch(each -> each.function().equals(function));
      if (!told.isEmpty() && !known) {
        lines.add(function + ": " + told);
      }
    }
    return lines;
  }

  private static String text(Results.NotExercised each) {
    if (each.upstream().isEmpty()) {
      return each.text();
    }
    return "the upstream of "
        + each.upstream()
        + " was never called"
        + (each.text().isEmpty() ? "" : ": " + each.text());
  }

  /** Upstreams that no invocation of a function has called, though it has called others. */
  private static List<Results.NotExercised> neverCalled(Results results, String function) {
    Map<String, Integer> calls = new TreeMap<>();
    results.cells().stream()
        .filter(cell -> cell.function().equals(function))
        .map(CellResult::upstream)
        .filter(Objects::nonNull)
        .forEach(
            seen -> seen.byVariable().forEach((name, n) -> calls.merge(name, n, Integer::sum)));
    return calls.entrySet().stream()
        .filter(each -> each.getValue() == 0)
        .map(each -> new Results.NotExercised(function, each.getKey(), ""))
        .filter(each -> !results.notExercised().contains(each))
        .toList();
  }

  private static String shown(Results results, String function) {
    FunctionResult configuration = results.functions().get(function);
    List<CellResult.Upstream> seen =
        results.cells().stream()
            .filter(cell -> cell.function().equals(function))
            .map(CellResult::upstream)
            .filter(Objects::nonNull)
            .filter(upstream -> upstream.requests() != null)
            .toList();
    if (seen.isEmpty() || !seen.stream().allMatch(CellResult.Upstream::isUntouched)) {
      return "";
    }
    if (hasRealServers(configuration) && seen.stream().anyMatch(u -> u.connections() == null)) {
      return "calls of its real servers were not counted, so it is not known whether a fault of one"
          + " has reached it";
    }
    return configuration != null && configuration.upstreams().isEmpty()
        ? "it has no upstream that chaos knows of, so no fault of one has reached it"
        : "no invocation has called an upstream, so no fault of one has reached it";
  }

  private static boolean hasRealServers(FunctionResult configuration) {
    return configuration != null
        && configuration.upstreams().values().stream().anyMatch(behind -> !behind.equals("stub"));
  }
}
