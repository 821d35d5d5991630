package io.leakguard.chaos.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The report for a terminal. */
public final class FleetText {
  private static final List<String> HEAD =
      List.of("change", "count", "before", "fingerprint", "first seen", "functions", "owner");

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
    lines.addAll(Words.summary(report));
    silent(report.coverage(), lines);
    report.notes().forEach(note -> lines.add("note: " + note));
    lines.add(Words.cost(report));
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
    lines.add("    what     " + Words.what(leak));
    lines.add("    deploy   " + Words.deploy(leak.deploy()));
    if (!leak.startedBy().isEmpty()) {
      lines.add("    started  " + leak.startedBy());
    }
    if (!leak.meaning().isEmpty()) {
      lines.add("    means    " + leak.meaning());
    }
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
