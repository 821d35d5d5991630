package io.leakguard.chaos;

import io.leakguard.chaos.scenario.Shape;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chaos explain SHAPE}: all that is known of one failure shape. */
@Command(
    name = "explain",
    description = "Says what a failure shape reproduces, how, and which bugs it brings out.")
final class ExplainCommand implements Callable<Integer> {
  private static final int WIDTH = 96;
  private static final String INDENT = " ".repeat(10);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHAPE", description = "Its name, as listed by: chaos list.")
  private String name;

  @Mixin private ShapeFileOption file;

  @Override
  public Integer call() {
    Shape shape = file.read().named(name, "");
    PrintWriter out = spec.commandLine().getOut();
    out.println(shape.name() + ": " + shape.reproduces());
    section(out, "story", shape.story().isEmpty() ? List.of() : List.of(shape.story()));
    section(out, "how", shape.how());
    section(out, "finds", List.of(shape.surfaces()));
    section(out, "needs", shape.needs());
    section(out, "logs", shape.like());
    section(out, "plays", List.of(plays(shape)));
    section(out, "try", List.of(Installation.command() + " run --shape " + shape.name()));
    out.flush();
    return 0;
  }

  private static String plays(Shape shape) {
    return "two fault phases of %d invocations each, between phases without fault"
        .formatted(shape.faultInvocations());
  }

  private static void section(PrintWriter out, String title, List<String> lines) {
    String label = "  %-8s".formatted(title);
    for (String line : lines) {
      out.println(label + String.join("\n" + INDENT, wrapped(line)));
      label = INDENT;
    }
  }

  private static List<String> wrapped(String text) {
    int width = WIDTH - INDENT.length();
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      if (column > 0 && column + 1 + word.length() > width) {
        lines.append('\n');
        column = 0;
      }
      lines.append(column == 0 ? "" : " ").append(word);
      column += (column == 0 ? 0 : 1) + word.length();
    }
    return lines.toString().lines().toList();
  }
}
