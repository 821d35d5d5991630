package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.FindingResult;
import io.leakguard.chaos.results.FunctionResult;
import io.leakguard.chaos.results.Results;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A card for each bug: sentence, stack, who started it, meaning, fix with a test, forecast. */
final class LeakSection {
  private static final int FRAMES = 6;

  private final Html html;
  private final Results results;

  private LeakSection(Html html, Results results) {
    this.html = html;
    this.results = results;
  }

  static void write(Html html, Results results) {
    List<Bug> bugs = Bug.of(results);
    html.open("section", "aria-labelledby", "findings");
    html.element("h2", "Findings", "id", "findings");
    if (bugs.isEmpty()) {
      html.element("p", "Nothing is left behind in any cell.");
    } else {
      LeakSection section = new LeakSection(html, results);
      html.open("p")
          .text("What to do about one, and how to prove its fix: ")
          .element("code", Words.RUNBOOK)
          .text(" beside the launcher.")
          .close();
      section.rate();
      for (int i = 0; i < bugs.size(); i++) {
        section.card(bugs.get(i), i);
      }
    }
    html.close().newline();
  }

  /** Shown by the script, which does the arithmetic. */
  private void rate() {
    html.open("p", "class", "rate", "hidden", "");
    html.element("label", "Invocations of a function per second in production ", "for", "rate");
    html.single(
        "input",
        "id",
        "rate",
        "type",
        "number",
        "min",
        "0.001",
        "step",
        "any",
        "value",
        "1",
        "inputmode",
        "decimal");
    html.close();
  }

  private void card(Bug bug, int index) {
    FindingResult finding = bug.finding();
    CellResult cell = bug.cell();
    String title = bug.function() + " under " + cell.shape();
    html.open("article", "class", "card " + (bug.isAccepted() ? "known" : "bad"));
    html.element("h3", title, "id", "bug-" + index);
    html.element("p", Words.sentence(cell, finding) + ".", "class", "lead");
    html.open("dl");
    row("family", family(finding));
    row("then", Words.healing(cell, finding));
    row("memory", Words.memory(cell));
    stack(finding);
    createdBy(finding);
    row("left by", finding.requestId().isEmpty() ? "" : "invocation " + finding.requestId());
    row("means", finding.diagnosis());
    row("also", String.join(", ", bug.otherShapes()));
    row("key", finding.key());
    if (finding.isAccepted()) {
      row("accepted", "until " + finding.accepted().until() + ": " + finding.accepted().reason());
    }
    html.close();
    forecast(bug);
    fix(bug);
    minimized(cell);
    if (!cell.replay().isEmpty()) {
      html.element("p", "Play it again:", "class", "label");
      html.element("pre", cell.replay(), "class", "command");
    }
    html.open("p")
        .element("a", "Timeline of this cell", "href", "#" + HtmlReport.anchor(results, cell));
    html.close().close().newline();
  }

  private static String family(FindingResult finding) {
    return finding.family()
        + (finding.alive() == null ? "" : ", " + finding.alive() + " left by the first fault")
        + (finding.state().isEmpty() ? "" : ", " + finding.state());
  }

  private void row(String name, String value) {
    if (!value.isEmpty()) {
      html.element("dt", name).element("dd", value);
    }
  }

  private void stack(FindingResult finding) {
    List<String> frames = finding.stack();
    if (frames.isEmpty()) {
      return;
    }
    html.element("dt", "at").open("dd");
    frames(frames.subList(0, Math.min(FRAMES, frames.size())));
    if (frames.size() > FRAMES) {
      whole(frames);
    }
    html.close();
  }

  private void createdBy(FindingResult finding) {
    List<String> frames = finding.createdBy().lines().toList();
    if (frames.isEmpty()) {
      return;
    }
    html.element("dt", "started by").open("dd");
    frames(frames.subList(0, 1));
    if (frames.size() > 1) {
      whole(frames);
    }
    html.close();
  }

  private void whole(List<String> frames) {
    html.open("details").element("summary", "all " + frames.size() + " frames");
    frames(frames);
    html.close();
  }

  private void frames(List<String> frames) {
    html.element("pre", String.join("\n", frames), "class", "stack", "tabindex", "0");
  }

  private void fix(Bug bug) {
    BugClass bugClass = BugClass.of(bug.finding());
    FunctionResult function = results.functions().get(bug.function());
    html.element("h4", "Fix: " + bugClass.fix());
    html.element("pre", bugClass.code(), "class", "code", "tabindex", "0");
    html.open("details").element("summary", "A small test that fails while the bug is there");
    html.element("pre", Reproduction.of(bug, bugClass, function), "class", "code", "tabindex", "0");
    html.close();
  }

  private void minimized(CellResult cell) {
    if (cell.minimized() != null) {
      html.element("h4", "The smallest fault that still leaks");
      html.element("p", cell.minimized().faults());
      if (!cell.minimized().replay().isEmpty()) {
        html.element("pre", cell.minimized().replay(), "class", "command");
      }
    }
  }

  private void forecast(Bug bug) {
    Forecast.of(bug.cell(), bug.finding()).ifPresent(forecast -> forecast(bug, forecast));
  }

  private void forecast(Bug bug, Forecast forecast) {
    html.element("h4", "How long an environment lasts while the fault does");
    String known =
        forecast.seconds() > 0
            ? "; an invocation takes " + Words.duration(forecast.seconds()) + " then"
            : "; how long an invocation takes is not known: rates are those of one environment";
    html.element(
        "p",
        String.format(
            Locale.ROOT,
            "%,d %s after about %,d invocations%s.",
            forecast.limit(),
            bug.finding().kind().equals("thread") ? "threads" : "descriptors",
            forecast.invocations(),
            known));
    html.open(
        "p",
        "class",
        "estimate",
        "data-invocations",
        Integer.toString(forecast.invocations()),
        "data-seconds",
        Double.toString(forecast.seconds()));
    html.close();
    html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", "Forecast");
    html.open("table").open("thead").open("tr");
    for (String name : List.of("Per second", "Environments", "First one is full after")) {
      html.element("th", name, "scope", "col");
    }
    html.close().close().open("tbody");
    for (double rate : Forecast.RATES) {
      OptionalDouble lasts = forecast.lasts(rate);
      html.open("tr").element("td", Words.number(rate));
      html.element("td", Integer.toString(forecast.environments(rate)));
      html.element("td", lasts.isPresent() ? Words.duration(lasts.getAsDouble()) : "").close();
    }
    html.close().close().close();
  }
}
