package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.Results;
import java.util.List;
import java.util.Optional;

/** Functions by shapes: the word and the growth stand in a cell, colour only supports. */
final class MatrixSection {
  private MatrixSection() {}

  static void write(Html html, Results results) {
    List<String> functions = results.functionNames();
    html.open("section", "aria-labelledby", "matrix");
    html.element("h2", "Functions and failure shapes", "id", "matrix");
    if (functions.isEmpty()) {
      html.element("p", "No cell was finished.").close();
      return;
    }
    html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "Matrix");
    html.open("table", "class", "matrix").open("thead").open("tr");
    html.element("th", "Shape", "scope", "col");
    functions.forEach(function -> heading(html, results, function));
    html.close().close().open("tbody");
    for (String shape : results.shapeNames()) {
      html.open("tr").element("th", shape, "scope", "row");
      functions.forEach(function -> cell(html, results, results.cell(function, shape)));
      html.close().newline();
    }
    html.close().close().close();
    if (results.cells().stream().anyMatch(cell -> Boolean.FALSE.equals(cell.deployed()))) {
      html.element("p", "* not part of a plain deploy: its condition is false", "class", "note");
    }
    html.close().newline();
  }

  private static void heading(Html html, Results results, String function) {
    boolean left =
        results.cells().stream()
            .anyMatch(
                cell -> cell.function().equals(function) && Boolean.FALSE.equals(cell.deployed()));
    html.element("th", Words.shortName(function) + (left ? "*" : ""), "scope", "col");
  }

  private static void cell(Html html, Results results, Optional<CellResult> found) {
    if (found.isEmpty()) {
      html.element("td", "not run", "class", "none");
      return;
    }
    CellResult cell = found.get();
    html.open("td", "class", tone(cell));
    html.element("a", Words.word(cell), "href", "#" + HtmlReport.anchor(results, cell));
    html.close();
  }

  /** The name of the colours of a verdict. */
  static String tone(CellResult cell) {
    return switch (cell.verdict()) {
      case "clean" -> "good";
      case "leak" -> cell.counts() ? "bad" : "known";
      default -> "unsure";
    };
  }
}
