package io.leakguard.chaos;

import io.leakguard.chaos.scenario.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say which failure shapes are played. */
final class ShapeOptions {
  @Option(
      names = "--shape",
      paramLabel = "NAME",
      description = "Only this failure shape; may be repeated.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--like",
      paramLabel = "LINE",
      description = "Only the shapes that leave such a line in logs; may be repeated.")
  private List<String> lines = new ArrayList<>();

  @Mixin private ShapeFileOption file;

  /**
   * The shapes that the user asked for: by name, by a log line, those of a file, or all.
   *
   * @throws UserError when one is not known
   */
  List<Shape> chosen() {
    KnownShapes known = file.read();
    if (names.isEmpty() && lines.isEmpty()) {
      return known.own().isEmpty() ? known.shapes() : known.own();
    }
    return Stream.concat(
            names.stream().map(name -> known.named(name, " (--shape)")),
            lines.stream().flatMap(line -> known.like(line).stream()))
        .distinct()
        .toList();
  }
}
