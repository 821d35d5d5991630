package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.FindingResult;
import io.leakguard.chaos.results.Results;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Every cell with its timeline: charts by the script, a table of phases without it. */
final class CellSection {
  /** Names of resources as the table of phases has them. */
  private static final Map<String, String> RESOURCES = Map.of("closeWait", "close wait");

  private final Html html;
  private final Results results;

  private CellSection(Html html, Results results) {
    this.html = html;
    this.results = results;
  }

  static void write(Html html, Results results) {
    html.open("section", "aria-labelledby", "cells");
    html.element("h2", "Cells", "id", "cells");
    CellSection section = new CellSection(html, results);
    Set<CellResult> first = new HashSet<>();
    Bug.of(results).forEach(bug -> first.add(bug.cell()));
    for (String function : results.functionNames()) {
      html.element("h3", function);
      results.cells().stream()
          .filter(cell -> cell.function().equals(function))
          .forEach(cell -> section.cell(cell, first.contains(cell)));
    }
    html.close().newline();
  }

  private void cell(CellResult cell, boolean open) {
    String id = HtmlReport.anchor(results, cell);
    html.open("details", "class", "cell", "id", id, "open", open ? "" : null);
    html.open("summary");
    html.element("span", Words.word(cell), "class", "tag " + MatrixSection.tone(cell));
    html.text(" " + Words.shortName(cell.function()) + " under " + cell.shape()).close();
    if (!cell.reason().isEmpty()) {
      html.element("p", cell.reason());
    }
    String memory = Words.memory(cell);
    if (!memory.isEmpty()) {
      html.element("p", Words.capital(memory) + ".");
    }
    if (!cell.findings().isEmpty()) {
      List<String> families = cell.findings().stream().map(FindingResult::family).toList();
      html.element("p", "Left behind: " + String.join(", ", families) + ".");
    }
    html.element("p", facts(cell), "class", "facts");
    html.open("div", "class", "charts", "data-cell", id).close();
    slopes(cell);
    PhaseTable.write(html, cell);
    events(cell);
    flame(cell);
    if (!cell.replay().isEmpty()) {
      html.element("p", "Play it again:", "class", "label");
      html.element("pre", cell.replay(), "class", "command");
    }
    html.close().newline();
  }

  private static String facts(CellResult cell) {
    List<String> facts = new ArrayList<>();
    fact(
        facts,
        cell.invocations(),
        "invocation in the first fault",
        "invocations in the first fault");
    fact(facts, cell.environments(), "environment", "environments");
    if (cell.seconds() != null) {
      facts.add(Words.duration(cell.seconds()));
    }
    if (cell.repeats() != null) {
      facts.add(
          "this verdict in " + cell.repeats().same() + " of " + cell.repeats().runs() + " runs");
    }
    if (cell.upstream() != null) {
      fact(
          facts, cell.upstream().requests(), "request at the upstream", "requests at the upstream");
      fact(facts, cell.upstream().duplicates(), "of them a duplicate", "of them duplicates");
      Integer connections = cell.upstream().connections();
      if (connections != null && connections > 0) {
        facts.add(
            Words.count(connections, "connection to a real server", "connections to real servers"));
      }
    }
    return String.join(" · ", facts);
  }

  private static void fact(List<String> facts, Integer value, String one, String many) {
    if (value != null) {
      facts.add(Words.count(value, one, many));
    }
  }

  private void slopes(CellResult cell) {
    Map<String, Double> slopes = new LinkedHashMap<>(cell.slopes());
    if (cell.heap() != null && cell.heap().slope() != null) {
      slopes.put("heap, MB", cell.heap().slope());
    }
    if (slopes.isEmpty()) {
      return;
    }
    html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "Slopes");
    html.open("table").element("caption", "Growth per invocation").open("thead").open("tr");
    html.element("td", "");
    slopes
        .keySet()
        .forEach(name -> html.element("th", RESOURCES.getOrDefault(name, name), "scope", "col"));
    html.close().close().open("tbody").open("tr").element("th", "slope", "scope", "row");
    slopes
        .values()
        .forEach(slope -> html.element("td", String.format(Locale.ROOT, "%+.2f", slope)));
    html.close().open("tr").element("th", "95 % interval", "scope", "row");
    slopes.keySet().forEach(name -> html.element("td", interval(cell, name)));
    html.close().close().close().close();
  }

  private static String interval(CellResult cell, String name) {
    List<Double> interval =
        name.startsWith("heap")
            ? cell.heap().interval()
            : cell.intervals().getOrDefault(name, List.of());
    return interval.size() == 2
        ? String.format(Locale.ROOT, "%.2f to %.2f", interval.get(0), interval.get(1))
        : "not known";
  }

  private void events(CellResult cell) {
    if (cell.events().isEmpty() && cell.bands().isEmpty()) {
      return;
    }
    html.open("details").element("summary", "What happened when").open("ul");
    for (CellResult.Band band : cell.bands()) {
      html.element(
          "li",
          String.format(
              Locale.ROOT,
              "%.1f to %.1f s: %s %s",
              band.from(),
              band.to(),
              band.kind(),
              band.text()));
    }
    for (CellResult.Event event : cell.events()) {
      html.element(
          "li",
          String.format(Locale.ROOT, "%.1f s: %s %s", event.at(), event.kind(), event.text()));
    }
    html.close().close();
  }

  private void flame(CellResult cell) {
    if (cell.stacks() == null) {
      return;
    }
    FlameGraph graph = FlameGraph.of(cell.stacks());
    if (graph.isEmpty()) {
      return;
    }
    String added = Words.count(graph.threads(), "thread", "threads");
    html.element("h3", "What the fault added: " + added);
    graph.write(html, "Flame graph of " + added + " that the fault added; as text below");
    html.open("details").element("summary", "The added stacks as text");
    html.element("pre", String.join("\n", graph.lines()), "class", "stack", "tabindex", "0");
    html.close();
  }
}
