package io.leakguard.chaos.scenario;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The built-in failure shapes. */
public final class Catalogue {
  private static final List<Shape> SHAPES =
      Stream.of(
              List.of(
                  Shape.of(
                          "healthy",
                          "nothing goes wrong: the control, in which the fault phases are plain"
                              + " load",
                          "leaks of the happy path, which any test finds")
                      .withStory("What leaks here leaks in every invocation, whatever happens.")),
              UpstreamShapes.SLOW,
              ConnectionShapes.ALL,
              UpstreamShapes.BROKEN,
              CallerShapes.ALL,
              LambdaShapes.ALL)
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

  /** All shapes, the control first. */
  public static List<Shape> shapes() {
    return SHAPES;
  }

  /** The shape of that name. */
  public static Optional<Shape> find(String name) {
    return SHAPES.stream().filter(shape -> shape.name().equals(name)).findFirst();
  }

  /**
   * The shapes that leave such a line in logs: it holds what they are known by, or is a part of
   * that. Case does not count.
   *
   * @param line a whole line of a log, or a part of one
   */
  public static List<Shape> like(String line, List<Shape> among) {
    String wanted = line.strip().toLowerCase(Locale.ROOT);
    return among.stream()
        .filter(shape -> shape.like().stream().anyMatch(known -> isLike(wanted, known)))
        .toList();
  }

  private static boolean isLike(String wanted, String known) {
    String lower = known.toLowerCase(Locale.ROOT);
    // A word or two of a pattern is enough; a letter or two would be in any.
    return wanted.contains(lower) || (wanted.length() >= 4 && lower.contains(wanted));
  }
}
