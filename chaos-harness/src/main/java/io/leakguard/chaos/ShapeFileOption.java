package io.leakguard.chaos;

import io.leakguard.chaos.scenario.Catalogue;
import io.leakguard.chaos.scenario.Shape;
import io.leakguard.chaos.scenario.ShapeFile;
import io.leakguard.chaos.text.InputFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The option that adds shapes of the user's own. */
final class ShapeFileOption {
  @Option(
      names = "--shapes",
      paramLabel = "FILE",
      description = "Failure shapes of your own (YAML, see docs/shapes.md), beside the built-in.")
  private Optional<Path> file = Optional.empty();

  /**
   * The built-in shapes and those of the file.
   *
   * @throws UserError when the file breaks a rule
   */
  KnownShapes read() {
    try {
      List<Shape> own = file.map(ShapeFile::read).orElse(List.of());
      List<Shape> all = Stream.concat(Catalogue.shapes().stream(), own.stream()).toList();
      return new KnownShapes(all, own);
    } catch (InputFileException e) {
      throw new UserError(e.getMessage(), e);
    }
  }
}
