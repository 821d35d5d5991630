package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.FindingResult;
import io.leakguard.chaos.results.Results;
import java.util.List;
import java.util.stream.Collectors;

/** {@code summary.md}: the run as a comment on a pull request. */
final class MarkdownSummary {
  private final Results results;
  private final StringBuilder out = new StringBuilder();

  private MarkdownSummary(Results results) {
    this.results = results;
  }

  static String text(Results results) {
    MarkdownSummary summary = new MarkdownSummary(results);
    summary.head();
    summary.matrix();
    summary.findings();
    summary.notes();
    return summary.out.toString();
  }

  private void head() {
    line("### LeakGuard chaos: " + escaped(Words.verdict(results)));
    line("");
    String template = results.template().isEmpty() ? "" : ", template " + results.template();
    line(escaped(Words.counts(results) + template));
    if (!results.command().isEmpty()) {
      line("");
      line("    " + results.command().replace("\n", " "));
    }
    line("");
  }

  private void matrix() {
    List<String> functions = results.functionNames();
    if (functions.isEmpty()) {
      return;
    }
    row("shape", functions.stream().map(Words::shortName).toList());
    line("|---".repeat(functions.size() + 1) + "|");
    for (String shape : results.shapeNames()) {
      row(
          shape,
          functions.stream()
              .map(function -> results.cell(function, shape).map(this::word).orElse("not run"))
              .toList());
    }
    line("");
  }

  private String word(CellResult cell) {
    String word = escaped(Words.word(cell));
    return cell.counts() ? "**" + word + "**" : word;
  }

  private void row(String first, List<String> cells) {
    line("| " + escaped(first) + " | " + String.join(" | ", cells) + " |");
  }

  private void findings() {
    List<Bug> bugs = Bug.of(results);
    for (Bug bug : bugs) {
      FindingResult finding = bug.finding();
      String accepted = bug.isAccepted() ? " (accepted until " + until(finding) + ")" : "";
      line(
          "<details><summary>"
              + html(
                  "%s under %s: %s%s"
                      .formatted(
                          bug.function(),
                          bug.cell().shape(),
                          Words.sentence(bug.cell(), finding),
                          accepted))
              + "</summary>");
      line("");
      line("```text");
      line(PlainText.of(bug.cell(), finding).replace("```", "'''").stripTrailing());
      if (!bug.otherShapes().isEmpty()) {
        line("  also     " + String.join(", ", bug.otherShapes()));
      }
      if (!bug.cell().replay().isEmpty()) {
        line("  again    " + bug.cell().replay());
      }
      line("```");
      line("</details>");
      line("");
    }
    if (!bugs.isEmpty()) {
      line("What to do about one, and how to prove its fix: `%s`.".formatted(Words.RUNBOOK));
      line("");
    }
  }

  private static String until(FindingResult finding) {
    return finding.accepted() == null ? "" : finding.accepted().until();
  }

  private void notes() {
    for (CellResult cell : results.cells()) {
      if (!cell.leaks() && !cell.verdict().equals("clean")) {
        line(
            "- %s under %s: %s: %s"
                .formatted(
                    escaped(cell.function()),
                    escaped(cell.shape()),
                    escaped(Words.word(cell)),
                    escaped(cell.reason())));
      }
    }
    results
        .notRun()
        .forEach((function, reason) -> line("- not run: " + escaped(function + ": " + reason)));
    Unexercised.of(results).forEach(text -> line("- not exercised: " + escaped(text)));
    if (!results.shapesNotRun().isEmpty()) {
      line(
          "- not run: "
              + escaped(
                  results.shapesNotRun().stream()
                      .map(cell -> cell.shape() + " (" + cell.reason() + ")")
                      .distinct()
                      .collect(Collectors.joining(", "))));
    }
    results.accepted().stream()
        .filter(acceptance -> acceptance.expired() && acceptance.used())
        .forEach(
            acceptance ->
                line(
                    "- the acceptance of "
                        + escaped(acceptance.fingerprint())
                        + " expired on "
                        + acceptance.until()
                        + ": it counts again"));
    results.conflicts().forEach(conflict -> line("- judged differently: " + escaped(conflict)));
    results.missingShards().forEach(shard -> line("- missing: shard " + shard));
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** Text that must not be read as Markdown or HTML, or end a cell of a table. */
  private static String escaped(String text) {
    return html(text).replaceAll("[\\\\`*_\\[\\]|]", "\\\\$0").replace("\n", " ");
  }

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
