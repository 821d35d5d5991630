package io.leakguard.chaos.fleet;

import java.util.List;

/** The report as Markdown, for a nightly job. */
public final class FleetMarkdown {
  private final StringBuilder out = new StringBuilder();

  private FleetMarkdown() {}

  /** The report. */
  public static String text(FleetReport report) {
    FleetMarkdown markdown = new FleetMarkdown();
    markdown.line("### " + escaped(Words.title(report)));
    markdown.line("");
    markdown.line(Words.windows(report));
    markdown.line("");
    markdown.leaks(report.leaks());
    Words.summary(report).forEach(sentence -> markdown.line("- " + escaped(sentence)));
    report.notes().forEach(note -> markdown.line("- note: " + escaped(note)));
    markdown.line("- " + escaped(Words.cost(report)));
    markdown.silent(report.coverage().silent());
    return markdown.out.toString();
  }

  private void leaks(List<Leak> leaks) {
    if (leaks.isEmpty()) {
      return;
    }
    row("change", "count", "before", "what", "functions", "first seen", "deploy", "owner");
    line("|---".repeat(8) + "|");
    for (Leak leak : leaks) {
      String change = Words.change(leak);
      row(
          leak.change() == Change.KNOWN ? change : "**" + change + "**",
          String.valueOf(leak.count()),
          String.valueOf(leak.before()),
          what(leak),
          escaped(Words.functions(leak)),
          Words.minute(leak.firstSeen()),
          escaped(Words.deploy(leak.deploy())),
          escaped(Words.owner(leak)));
    }
    line("");
  }

  private static String what(Leak leak) {
    StringBuilder text = new StringBuilder(escaped(leak.fingerprint() + ": " + Words.what(leak)));
    if (!leak.startedBy().isEmpty()) {
      text.append("<br>started by ").append(escaped(leak.startedBy()));
    }
    if (!leak.meaning().isEmpty()) {
      text.append("<br>").append(escaped(leak.meaning()));
    }
    return text.toString();
  }

  private void silent(List<Coverage.Silent> silent) {
    if (silent.isEmpty()) {
      return;
    }
    line("");
    line("They run, and nothing of a guard is seen in their logs:");
    line("");
    row("function", "runtime", "last line", "owner");
    line("|---".repeat(4) + "|");
    for (Coverage.Silent one : silent) {
      row(
          escaped(one.function()),
          escaped(one.runtime()),
          Words.minute(one.lastLine()),
          one.owner().isEmpty() ? "-" : escaped(one.owner()));
    }
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** Text out of logs that must not be read as Markdown or HTML, or end a cell. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("[\\\\`*_\\[\\]|@]", "\\\\$0");
  }
}
