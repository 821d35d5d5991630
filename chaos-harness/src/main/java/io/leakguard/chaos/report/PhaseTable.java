package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.TimelineRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A timeline as a table: what each phase began and ended with. Columns without values are left out.
 */
final class PhaseTable {
  private static final Map<String, Function<TimelineRow, Number>> LEVELS = new LinkedHashMap<>();

  static {
    LEVELS.put("threads", TimelineRow::threads);
    LEVELS.put("established", TimelineRow::established);
    LEVELS.put("close wait", TimelineRow::closeWait);
    LEVELS.put("descriptors", TimelineRow::descriptors);
    LEVELS.put("backlog", TimelineRow::backlog);
    LEVELS.put("heap, MB", TimelineRow::heapMb);
    LEVELS.put("RSS, MB", TimelineRow::rssMb);
  }

  private PhaseTable() {}

  static void write(Html html, CellResult cell) {
    List<TimelineRow> rows = cell.timeline();
    if (rows.isEmpty()) {
      return;
    }
    List<String> levels =
        LEVELS.keySet().stream()
            .filter(name -> rows.stream().anyMatch(row -> LEVELS.get(name).apply(row) != null))
            .toList();
    boolean timed = rows.stream().anyMatch(row -> row.durationMs() != null);
    boolean judged = rows.stream().anyMatch(row -> !row.outcome().isEmpty());
    html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "Phases");
    html.open("table").element("caption", "Each phase: first and last value").open("thead");
    html.open("tr").element("th", "Phase", "scope", "col").element("th", "samples", "scope", "col");
    levels.forEach(name -> html.element("th", name, "scope", "col"));
    if (timed) {
      html.element("th", "median, ms", "scope", "col").element("th", "longest, ms", "scope", "col");
    }
    if (judged) {
      html.element("th", "errors", "scope", "col");
    }
    html.close().close().open("tbody");
    byPhase(rows).forEach((phase, some) -> row(html, phase, some, levels, timed, judged));
    html.close().close().close();
  }

  private static Map<String, List<TimelineRow>> byPhase(List<TimelineRow> rows) {
    Map<String, List<TimelineRow>> phases = new LinkedHashMap<>();
    rows.forEach(row -> phases.computeIfAbsent(row.phase(), key -> new ArrayList<>()).add(row));
    return phases;
  }

  private static void row(
      Html html,
      String phase,
      List<TimelineRow> rows,
      List<String> levels,
      boolean timed,
      boolean judged) {
    html.open("tr").element("th", phaseName(phase), "scope", "row");
    html.element("td", Integer.toString(rows.size()));
    levels.forEach(name -> html.element("td", firstAndLast(rows, LEVELS.get(name))));
    if (timed) {
      List<Double> durations =
          rows.stream().map(TimelineRow::durationMs).filter(Objects::nonNull).sorted().toList();
      boolean none = durations.isEmpty();
      html.element("td", none ? "" : Words.number(durations.get(durations.size() / 2)));
      html.element("td", none ? "" : Words.number(durations.get(durations.size() - 1)));
    }
    if (judged) {
      html.element("td", Long.toString(rows.stream().filter(TimelineRow::isError).count()));
    }
    html.close();
  }

  /** The name of a phase as a person says it. */
  static String phaseName(String phase) {
    return phase.toLowerCase(java.util.Locale.ROOT).replace('_', ' ').replace("warm up", "warm-up");
  }

  private static String firstAndLast(List<TimelineRow> rows, Function<TimelineRow, Number> level) {
    List<Number> values = rows.stream().map(level).filter(Objects::nonNull).toList();
    if (values.isEmpty()) {
      return "";
    }
    String first = Words.number(values.get(0).doubleValue());
    String last = Words.number(values.get(values.size() - 1).doubleValue());
    return first.equals(last) ? first : first + " → " + last;
  }
}
