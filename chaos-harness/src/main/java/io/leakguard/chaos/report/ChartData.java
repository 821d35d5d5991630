package io.leakguard.chaos.report;

import com.google.gson.Gson;
import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.TimelineRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** What the charts of the page are drawn from: columns, ready to draw. */
final class ChartData {
  /** Escapes what could end a script element. */
  private static final Gson GSON = new Gson();

  /** More families than this cannot be told apart by colour. */
  private static final int FAMILIES = 6;

  private ChartData() {}

  private record Data(
      String unit,
      List<Number> x,
      List<Phase> phases,
      List<CellResult.Band> bands,
      List<CellResult.Event> events,
      List<Chart> charts) {}

  private record Phase(String name, double from, double to, boolean fault) {}

  private record Chart(String title, boolean stacked, List<Series> series) {}

  private record Series(String name, List<Number> values) {}

  /** The data of all cells that have a timeline, by anchor. */
  static String json(Results results) {
    Map<String, Data> cells = new LinkedHashMap<>();
    for (CellResult cell : results.cells()) {
      if (!cell.timeline().isEmpty()) {
        cells.put(HtmlReport.anchor(results, cell), data(cell));
      }
    }
    return GSON.toJson(cells);
  }

  private static Data data(CellResult cell) {
    List<TimelineRow> rows = cell.timeline();
    boolean timed = rows.stream().allMatch(row -> row.at() != null);
    List<Number> x = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      x.add(timed ? rows.get(i).at() : (Number) i);
    }
    return new Data(
        timed ? "s" : "invocation",
        x,
        phases(cell, x, timed),
        timed ? cell.bands() : List.of(),
        timed ? cell.events() : List.of(),
        charts(rows));
  }

  private static List<Phase> phases(CellResult cell, List<Number> x, boolean timed) {
    List<Phase> phases = new ArrayList<>();
    if (timed && !cell.phases().isEmpty()) {
      for (CellResult.Span span : cell.phases()) {
        phases.add(phase(span.phase(), span.from(), span.to()));
      }
      return phases;
    }
    int from = 0;
    for (int i = 1; i <= x.size(); i++) {
      boolean ends =
          i == x.size()
              || !cell.timeline().get(i).phase().equals(cell.timeline().get(from).phase());
      if (ends) {
        double to = x.get(Math.min(i, x.size() - 1)).doubleValue();
        phases.add(phase(cell.timeline().get(from).phase(), x.get(from).doubleValue(), to));
        from = i;
      }
    }
    return phases;
  }

  private static Phase phase(String name, double from, double to) {
    return new Phase(PhaseTable.phaseName(name), from, to, name.startsWith("FAULT"));
  }

  private static List<Chart> charts(List<TimelineRow> rows) {
    List<Chart> charts = new ArrayList<>();
    List<Series> families = families(rows);
    boolean stacked = families.size() > 1;
    add(
        charts,
        stacked ? "Threads by family" : "Threads",
        stacked,
        stacked ? families : List.of(series("threads", rows, TimelineRow::threads)));
    add(
        charts,
        "Sockets to upstreams",
        false,
        List.of(
            series("established", rows, TimelineRow::established),
            series("close wait", rows, TimelineRow::closeWait)));
    add(
        charts,
        "Backlog of executors",
        false,
        List.of(series("queued", rows, TimelineRow::backlog)));
    add(
        charts,
        "Memory, MB",
        false,
        List.of(
            series("heap after collection", rows, TimelineRow::heapMb),
            series("RSS", rows, TimelineRow::rssMb)));
    add(
        charts,
        "Latency, ms",
        false,
        List.of(
            series("answered", rows, row -> row.isError() ? null : row.durationMs()),
            series("error", rows, row -> row.isError() ? row.durationMs() : null)));
    return charts;
  }

  private static void add(List<Chart> charts, String title, boolean stacked, List<Series> all) {
    List<Series> known =
        all.stream().filter(series -> series.values().stream().anyMatch(Objects::nonNull)).toList();
    if (!known.isEmpty()) {
      charts.add(new Chart(title, stacked, known));
    }
  }

  private static Series series(
      String name, List<TimelineRow> rows, Function<TimelineRow, Number> value) {
    List<Number> values = new ArrayList<>();
    rows.forEach(row -> values.add(value.apply(row)));
    return new Series(name, values);
  }

  /** The families that grow most, the rest as one, so that the stack is as high as all threads. */
  private static List<Series> families(List<TimelineRow> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.families().keySet()));
    if (names.isEmpty()) {
      return List.of();
    }
    List<String> grown =
        names.stream()
            .sorted((a, b) -> Integer.compare(growth(rows, b), growth(rows, a)))
            .limit(FAMILIES)
            .filter(name -> growth(rows, name) > 0)
            .toList();
    List<Series> all = new ArrayList<>();
    all.add(series("all others", rows, row -> others(row, grown)));
    for (String name : grown) {
      all.add(series(name, rows, row -> row.families().getOrDefault(name, 0)));
    }
    return all;
  }

  private static int growth(List<TimelineRow> rows, String family) {
    int low = Integer.MAX_VALUE;
    int high = 0;
    for (TimelineRow row : rows) {
      int count = row.families().getOrDefault(family, 0);
      low = Math.min(low, count);
      high = Math.max(high, count);
    }
    return high - low;
  }

  private static Integer others(TimelineRow row, List<String> grown) {
    int shown = grown.stream().mapToInt(name -> row.families().getOrDefault(name, 0)).sum();
    int all = row.families().values().stream().mapToInt(Integer::intValue).sum();
    return Math.max(0, Math.max(row.threads() == null ? 0 : row.threads(), all) - shown);
  }
}
