package io.leakguard.chaos;

import io.leakguard.chaos.scenario.Reduction;
import io.leakguard.chaos.scenario.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
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

  @Option(
      names = "--reduce",
      paramLabel = "STEPS",
      split = ",",
      description =
          "Make the shapes' faults smaller, as --minimize found it: ${COMPLETION-CANDIDATES}",
      completionCandidates = ReductionNames.class)
  private List<String> reductions = new ArrayList<>();

  @Mixin private ShapeFileOption file;

  /** What {@code --reduce} takes. */
  static final class ReductionNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Reduction.values()).map(Reduction::text).iterator();
    }
  }

  /**
   * The shapes that the user asked for: by name, by a log line, those of a file, or all.
   *
   * @throws UserError when one is not known
   */
  List<Shape> chosen() {
    return named().stream().map(this::reduced).toList();
  }

  private Shape reduced(Shape shape) {
    Shape smaller = shape;
    for (String step : reductions) {
      Reduction reduction =
          Reduction.named(step)
              .orElseThrow(
                  () ->
                      new UserError(
                          "no reduction '"
                              + step
                              + "' (--reduce); there are: "
                              + String.join(", ", new ReductionNames())));
      smaller =
          reduction
              .of(smaller)
              .orElseThrow(
                  () ->
                      new UserError(
                          "nothing of '" + shape.name() + "' is left to reduce by " + step));
    }
    return smaller;
  }

  private List<Shape> named() {
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
