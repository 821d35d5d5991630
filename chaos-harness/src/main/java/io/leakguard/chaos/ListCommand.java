package io.leakguard.chaos;

import com.google.gson.GsonBuilder;
import io.leakguard.chaos.scenario.Shape;
import io.leakguard.chaos.scenario.ShapeSchema;
import io.leakguard.chaos.scenario.ShapesPage;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chaos list}: the failure shapes. */
@Command(name = "list", description = "Lists the failure shapes, the name first on each line.")
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print a JSON array instead.")
  private boolean json;

  @Option(names = "--markdown", description = "Print a page about all of them instead.")
  private boolean markdown;

  @Option(names = "--schema", description = "Print the JSON schema of --shapes files instead.")
  private boolean schema;

  @Mixin private ShapeFileOption file;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Shape> shapes = file.read().shapes();
    if (schema) {
      out.print(ShapeSchema.text());
    } else if (markdown) {
      out.print(ShapesPage.text(shapes));
    } else if (json) {
      List<Map<String, Object>> rows = shapes.stream().map(ListCommand::row).toList();
      out.println(
          new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(rows));
    } else {
      int width = shapes.stream().mapToInt(shape -> shape.name().length()).max().orElse(0);
      shapes.forEach(
          shape -> out.printf("%-" + width + "s  %s%n", shape.name(), shape.reproduces()));
    }
    out.flush();
    return 0;
  }

  private static Map<String, Object> row(Shape shape) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", shape.name());
    row.put("reproduces", shape.reproduces());
    row.put("surfaces", shape.surfaces());
    row.put("how", shape.how());
    row.put("needs", shape.needs());
    row.put("like", shape.like());
    return row;
  }
}
