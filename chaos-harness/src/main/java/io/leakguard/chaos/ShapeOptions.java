package io.leakguard.chaos;

import io.leakguard.chaos.scenario.Catalogue;
import io.leakguard.chaos.scenario.Shape;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that say which failure shapes are played. */
final class ShapeOptions {
  @Option(
      names = "--shape",
      paramLabel = "NAME",
      description = "Only this failure shape; may be repeated.")
  private List<String> names = new ArrayList<>();

  /**
   * The shapes that the user asked for, all when none is named.
   *
   * @throws UserError when one is not known
   */
  List<Shape> chosen() {
    if (names.isEmpty()) {
      return Catalogue.shapes();
    }
    return names.stream()
        .distinct()
        .map(
            name ->
                Catalogue.find(name)
                    .orElseThrow(
                        () ->
                            new UserError(
                                "no shape '"
                                    + name
                                    + "' (--shape)\nthe shapes are listed by: "
                                    + Installation.command()
                                    + " list")))
        .toList();
  }
}
