package io.leakguard.chaos.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The report for a terminal. */
public final class FleetText {
  private static final List<String> HEAD =
      List.of("change", "count", "before", "fingerprint", "first seen", "functions", "owner");

  private static final int WIDTH = 100;

  private FleetText() {}

  /** The report as lines. */
  public static List<String> lines(FleetReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(Words.title(report));
    lines.add(Words.windows(report));
    lines.add("");
    if (!report.leaks().isEmpty()) {
      table(report.leaks(), lines);
      lines.add("");
    }
    Words.summary(report).forEach(sentence -> wrap("", "  ", sentence, lines));
    silent(report.coverage(), lines);
    report.notes().forEach(note -> wrap("note: ", "  ", note, lines));
    wrap("", "  ", Words.cost(report), lines);
    return lines;
  }

  private static void table(List<Leak> leaks, List<String> lines) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    leaks.forEach(leak -> rows.add(cells(leak)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length()));
    }
    lines.add(line(HEAD, widths));
    for (int i = 0; i < leaks.size(); i++) {
      lines.add(line(rows.get(i + 1), widths));
      details(leaks.get(i), lines);
    }
  }

  private static List<String> cells(Leak leak) {
    return List.of(
        Words.change(leak),
        String.valueOf(leak.count()),
        String.valueOf(leak.before()),
        leak.fingerprint(),
        Words.minute(leak.firstSeen()),
        Words.functions(leak),
        Words.owner(leak));
  }

  /** Numbers to the right, under each other. */
  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      boolean isNumber = i == 1 || i == 2;
      line.append(("%" + (isNumber ? "" : "-") + widths[i] + "s  ").formatted(cells.get(i)));
    }
    return line.toString().stripTrailing();
  }

  private static void details(Leak leak, List<String> lines) {
    detail("what", Words.what(leak), lines);
    detail("deploy", Words.deploy(leak.deploy()), lines);
    detail("started", leak.startedBy(), lines);
    detail("means", leak.meaning(), lines);
  }

  private static void detail(String label, String text, List<String> lines) {
    if (!text.isEmpty()) {
      wrap("    %-9s".formatted(label), " ".repeat(13), text, lines);
    }
  }

  /** Breaks between words; one that is longer than a line stays whole. */
  private static void wrap(String head, String indent, String text, List<String> lines) {
    StringBuilder line = new StringBuilder(head);
    boolean begun = false;
    for (String word : text.split(" ", -1)) {
      if (begun && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    lines.add(line.toString());
  }

  private static void silent(Coverage coverage, List<String> lines) {
    if (coverage.silent().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("they run, and nothing of a guard is seen in their logs:");
    for (Coverage.Silent silent : coverage.silent()) {
      String owner = silent.owner().isEmpty() ? "" : ", owner " + silent.owner();
      lines.add(
          "    %s (%s), last line %s%s"
              .formatted(
                  silent.function(), silent.runtime(), Words.minute(silent.lastLine()), owner));
    }
    lines.add("");
  }
}
