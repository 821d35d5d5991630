package io.leakguard.chaos;

import io.leakguard.chaos.scenario.Catalogue;
import io.leakguard.chaos.scenario.Shape;
import io.leakguard.chaos.text.Suggestion;
import java.util.List;

/**
 * The shapes a command knows.
 *
 * @param shapes all of them, the built-in ones first
 * @param own those of the user's file
 */
record KnownShapes(List<Shape> shapes, List<Shape> own) {
  /** The shape of that name; where it was named, {@code option}, is said when there is none. */
  Shape named(String name, String option) {
    return shapes.stream()
        .filter(shape -> shape.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, option));
  }

  private UserError unknown(String name, String option) {
    String near =
        Suggestion.of(name, shapes.stream().map(Shape::name).toList())
            .map(other -> "; did you mean '" + other + "'?")
            .orElse("; they are listed by: " + Installation.command() + " list");
    return new UserError("no shape '" + name + "'" + option + near);
  }

  /** The shapes that leave such a line in logs; at least one. */
  List<Shape> like(String line) {
    List<Shape> found = Catalogue.like(line, shapes);
    if (found.isEmpty()) {
      throw new UserError(
          "no shape leaves a line like '"
              + line
              + "' (--like); what each leaves is said by: "
              + Installation.command()
              + " explain SHAPE");
    }
    return found;
  }
}
