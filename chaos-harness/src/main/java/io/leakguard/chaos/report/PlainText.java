package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.FindingResult;

/** A cell and its findings as plain text, with whole stacks. */
final class PlainText {
  private PlainText() {}

  static String of(CellResult cell) {
    StringBuilder text = new StringBuilder();
    if (!cell.reason().isEmpty()) {
      text.append(cell.reason()).append('\n');
    }
    for (FindingResult finding : cell.findings()) {
      text.append(of(cell, finding)).append('\n');
    }
    line(text, "again", cell.replay());
    return text.toString();
  }

  static String of(CellResult cell, FindingResult finding) {
    StringBuilder text = new StringBuilder(Words.sentence(cell, finding)).append('\n');
    String alive = finding.alive() == null ? "" : ", " + finding.alive() + " left";
    String state = finding.state().isEmpty() ? "" : ", " + finding.state();
    line(text, "family", finding.family() + alive + state);
    line(text, "key", finding.key());
    line(text, "at", String.join("\n", finding.stack()));
    line(text, "started", finding.createdBy());
    line(text, "left by", finding.requestId());
    line(text, "means", finding.diagnosis());
    line(text, "then", Words.healing(cell, finding));
    return text.toString();
  }

  private static void line(StringBuilder text, String label, String value) {
    if (!value.isEmpty()) {
      text.append(String.format("  %-8s ", label))
          .append(value.strip().replace("\n", "\n" + " ".repeat(11)))
          .append('\n');
    }
  }
}
