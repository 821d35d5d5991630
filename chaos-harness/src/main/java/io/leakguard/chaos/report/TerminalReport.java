package io.leakguard.chaos.report;

import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The end of a run as a person reads it: the table, then what was found. */
public final class TerminalReport {
  private static final int WIDTH = 100;

  /** So many shapes that are not run for one reason are named; of more the number is. */
  private static final int MOST_SHAPES_NAMED = 3;

  private static final String SUFFIX = "Function";

  private final RunReport report;
  private final List<String> lines = new ArrayList<>();

  private TerminalReport(RunReport report) {
    this.report = report;
  }

  /** The report as lines without colour. */
  public static String text(RunReport report) {
    TerminalReport text = new TerminalReport(report);
    text.tables();
    text.controls();
    text.notRun();
    text.lines.addAll(FindingText.of(report.cells()));
    text.troubles();
    return String.join("\n", text.lines) + "\n";
  }

  /** What a cell says: a word, and the growth where there is any. */
  public static String word(Judgement judgement) {
    return switch (judgement.verdict()) {
      case CLEAN -> "clean";
      case FAILED -> "failed";
      case HARNESS_FAULT -> "harness fault";
      case LEAK -> "LEAK " + growth(judgement);
    };
  }

  private static String growth(Judgement judgement) {
    double threads = judgement.threads().perInvocation();
    double sockets = judgement.sockets().perInvocation();
    boolean ofOthers =
        !judgement.findings().isEmpty()
            && judgement.findings().stream().noneMatch(f -> f.kind().endsWith("thread"));
    return !ofOthers && threads >= 0.05
        ? String.format(Locale.ROOT, "+%.1f", threads)
        : String.format(Locale.ROOT, "+%.1f sock", sockets);
  }

  private void tables() {
    if (report.cells().isEmpty()) {
      lines.add("no cell was finished");
      return;
    }
    List<String> functions = report.cells().stream().map(Cell::function).distinct().toList();
    List<String> shapes = report.cells().stream().map(Cell::shape).distinct().toList();
    int shapeWidth = Math.max(5, shapes.stream().mapToInt(String::length).max().orElse(5)) + 2;
    List<String> row = new ArrayList<>();
    int used = shapeWidth;
    for (String function : functions) {
      int width = columnWidth(function);
      if (used + width > WIDTH && !row.isEmpty()) {
        table(shapes, row, shapeWidth);
        lines.add("");
        row.clear();
        used = shapeWidth;
      }
      row.add(function);
      used += width;
    }
    table(shapes, row, shapeWidth);
  }

  private int columnWidth(String function) {
    int widest =
        report.cells().stream()
            .filter(cell -> cell.function().equals(function))
            .mapToInt(cell -> word(cell.judgement()).length())
            .max()
            .orElse(0);
    return Math.max(widest, heading(function).length()) + 2;
  }

  private String heading(String function) {
    boolean deployed =
        report.cells().stream().allMatch(c -> c.deployed() || !c.function().equals(function));
    String name =
        function.endsWith(SUFFIX) && function.length() > SUFFIX.length()
            ? function.substring(0, function.length() - SUFFIX.length())
            : function;
    return deployed ? name : name + "*";
  }

  private void table(List<String> shapes, List<String> functions, int shapeWidth) {
    StringBuilder head = new StringBuilder(pad("shape", shapeWidth));
    functions.forEach(function -> head.append(pad(heading(function), columnWidth(function))));
    lines.add(head.toString().stripTrailing());
    for (String shape : shapes) {
      StringBuilder line = new StringBuilder(pad(shape, shapeWidth));
      functions.forEach(f -> line.append(pad(wordAt(f, shape), columnWidth(f))));
      lines.add(line.toString().stripTrailing());
    }
  }

  private String wordAt(String function, String shape) {
    return report.cells().stream()
        .filter(cell -> cell.function().equals(function) && cell.shape().equals(shape))
        .map(cell -> word(cell.judgement()))
        .findFirst()
        .orElse("not run");
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private void controls() {
    if (report.cells().stream().anyMatch(cell -> !cell.deployed())) {
      lines.add("* not part of a plain deploy: its condition is false");
    }
    if (report.staging()) {
      lines.add("controls: none, since the functions are deployed; their guards are the witnesses");
      return;
    }
    lines.add(
        report.controlsHold()
            ? "controls: the leak found, the clean handler clean"
            : "controls: FAILED, this run proves nothing: leaking handler "
                + report.positiveControl().text()
                + " (must be leak), clean handler "
                + report.negativeControl().text()
                + " (must be clean)");
  }

  private void notRun() {
    Map<String, List<ShapeNotRun>> alike = new LinkedHashMap<>();
    for (ShapeNotRun not : report.shapesNotRun()) {
      alike
          .computeIfAbsent(not.function() + ": " + not.reason(), key -> new ArrayList<>())
          .add(not);
    }
    alike.forEach((where, shapes) -> lines.add("not run: " + shapes(shapes) + " on " + where));
    report
        .notRun()
        .forEach((function, reason) -> lines.add("not run: " + function + ": " + reason));
    report.cells().stream()
        .filter(cell -> cell.judgement().verdict() == Verdict.CLEAN)
        .filter(cell -> !cell.judgement().reason().isEmpty())
        .map(cell -> "note: " + cell.function() + ": " + cell.judgement().reason())
        .distinct()
        .forEach(lines::add);
  }

  private static String shapes(List<ShapeNotRun> alike) {
    return alike.size() > MOST_SHAPES_NAMED
        ? alike.size() + " shapes"
        : String.join(", ", alike.stream().map(ShapeNotRun::shape).toList());
  }

  private void troubles() {
    for (Cell cell : report.cells()) {
      Judgement judgement = cell.judgement();
      if (judgement.verdict() == Verdict.FAILED || judgement.verdict() == Verdict.HARNESS_FAULT) {
        lines.add("");
        lines.add(word(judgement) + "  " + cell.function() + " under " + cell.shape());
        lines.add("  because  " + judgement.reason());
        lines.add("  again    " + cell.replay());
      }
    }
  }
}
