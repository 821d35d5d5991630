package io.leakguard.chaos.report;

import io.leakguard.chaos.results.Acceptance;
import io.leakguard.chaos.results.Results;
import java.util.List;

/** What was not run or not exercised and why, what was accepted and until when, what was merged. */
final class RestSection {
  private RestSection() {}

  static void write(Html html, Results results) {
    html.open("section", "aria-labelledby", "rest");
    html.element("h2", "What this run does not say", "id", "rest");
    notExercised(html, results);
    notRun(html, results);
    accepted(html, results);
    runs(html, results);
    html.close().newline();
  }

  private static void notExercised(Html html, Results results) {
    html.element("h3", "Not exercised");
    List<String> lines = Unexercised.of(results);
    if (lines.isEmpty()) {
      html.element("p", "Nothing is known to have been left out of the functions that were run.");
      return;
    }
    html.open("ul");
    lines.forEach(line -> html.element("li", line));
    html.close();
  }

  private static void notRun(Html html, Results results) {
    html.element("h3", "Not run");
    if (results.notRun().isEmpty() && results.shapesNotRun().isEmpty()) {
      html.element("p", "Everything that was asked for was run.");
      return;
    }
    html.open("ul");
    results.notRun().forEach((function, reason) -> html.element("li", function + ": " + reason));
    for (Results.NotRun cell : results.shapesNotRun()) {
      String where = cell.function().isEmpty() ? "" : cell.function() + " under ";
      String needed =
          cell.neededSeconds() == null
              ? ""
              : " (needs " + Words.duration(cell.neededSeconds()) + ")";
      html.element("li", where + cell.shape() + ": " + cell.reason() + needed);
    }
    html.close();
  }

  private static void accepted(Html html, Results results) {
    if (results.accepted().isEmpty()) {
      return;
    }
    html.element("h3", "Accepted");
    html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "Accepted");
    html.open("table").open("thead").open("tr");
    for (String name : List.of("Finding", "Where", "Why", "Until", "State")) {
      html.element("th", name, "scope", "col");
    }
    html.close().close().open("tbody");
    for (Acceptance each : results.accepted()) {
      html.open("tr").element("td", each.fingerprint()).element("td", where(each));
      html.element("td", each.reason()).element("td", each.until());
      html.element("td", state(each)).close();
    }
    html.close().close().close();
  }

  private static String where(Acceptance each) {
    String function = each.function().isEmpty() ? "any function" : each.function();
    return each.shape().isEmpty() ? function : function + " under " + each.shape();
  }

  private static String state(Acceptance each) {
    String found = each.used() ? "found" : "not found in this run";
    return each.expired() ? "expired, counts again; " + found : found;
  }

  private static void runs(Html html, Results results) {
    if (results.runs().isEmpty()) {
      return;
    }
    html.element("h3", "Merged from").open("ul");
    for (Results.MergedRun run : results.runs()) {
      html.element(
          "li",
          run.file()
              + (run.shard().isEmpty() ? "" : ", shard " + run.shard())
              + (run.started().isEmpty() ? "" : ", " + run.started())
              + (run.seconds() == null ? "" : ", " + Words.duration(run.seconds())));
    }
    html.close();
  }
}
