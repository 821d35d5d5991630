package io.leakguard.chaos;

import com.google.gson.GsonBuilder;
import io.leakguard.chaos.scenario.Catalogue;
import io.leakguard.chaos.scenario.Shape;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chaos list}: the failure shapes. */
@Command(name = "list", description = "Lists the failure shapes, the name first on each line.")
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print a JSON array instead.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Shape> shapes = Catalogue.shapes();
    if (json) {
      List<Map<String, String>> rows = shapes.stream().map(ListCommand::row).toList();
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

  private static Map<String, String> row(Shape shape) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("name", shape.name());
    row.put("reproduces", shape.reproduces());
    row.put("surfaces", shape.surfaces());
    return row;
  }
}
