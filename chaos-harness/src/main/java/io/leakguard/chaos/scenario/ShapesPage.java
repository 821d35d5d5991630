package io.leakguard.chaos.scenario;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The page {@code docs/shapes.md}: all shapes and all parts, as Markdown. */
public final class ShapesPage {
  private static final String HEAD =
      """
      # Failure shapes
      Written by `./chaos list --markdown`; one of them as text: `./chaos explain SHAPE`. Each is played
      with `./chaos run --shape NAME`, and `./chaos run --like "a line of your log"` plays those that
      leave it. A shape that a function cannot be played with is listed as not run, with the reason.

      | shape | reproduces | brings out |
      |---|---|---|
      """;

  private static final String OWN =
      """

      ## Shapes of your own
      `./chaos run --shapes FILE` plays the shapes of a YAML file; with `--shape` or `--like` it adds them
      to the built-in ones. `shapes.schema.json`, in this folder, is for editors. `name`, `reproduces` and
      `faults` must be there; `surfaces`, `story`, `like` and `invocations` (of each fault phase; 8) may.

      ```yaml
      # yaml-language-server: $schema=shapes.schema.json
      shapes:
        - name: black-friday
          reproduces: three times the load, and an upstream that is slow and throttles
          surfaces: backlogs that only grow
          like: [Rate exceeded]
          faults:
            - latency: {by: 250ms, jitter: 50ms}
            - dice: {percent: 30, then: {answer: {status: 429}}}
            - at-once: {requests: 3}
          invocations: 18
      ```

      A fault is a part, with its parameters where it has any. Durations are written `300ms`, `5s` or `1m`.

      | part | does | parameters |
      |---|---|---|
      """;

  private ShapesPage() {}

  /** The page about these shapes. */
  public static String text(List<Shape> shapes) {
    StringBuilder page = new StringBuilder(HEAD);
    for (Shape shape : shapes) {
      String link = "[" + shape.name() + "](#" + shape.name() + ")";
      row(page, link, shape.reproduces(), shape.surfaces());
    }
    shapes.forEach(shape -> describe(shape, page));
    page.append(OWN);
    for (Part part : Parts.ALL) {
      String parameters =
          part.parameters().stream().map(ShapesPage::describe).collect(Collectors.joining("; "));
      row(page, "`" + part.name() + "`", part.does(), parameters);
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ").append(String.join(" | ", List.of(cells))).append(" |\n");
  }

  private static String describe(Parameter parameter) {
    String absent = parameter.required() ? "" : " (" + shown(parameter.absent()) + ")";
    return "`" + parameter.name() + "` " + parameter.means() + absent;
  }

  private static String shown(Object absent) {
    return absent instanceof Duration duration ? duration.toMillis() + "ms" : absent.toString();
  }

  private static void describe(Shape shape, StringBuilder page) {
    page.append("\n## ").append(shape.name()).append('\n');
    page.append(shape.story()).append(shape.story().isEmpty() ? "" : "\n\n");
    shape.how().forEach(how -> item(page, "how", how));
    item(page, "brings out", shape.surfaces());
    shape.needs().forEach(need -> item(page, "needs", need));
    if (!shape.like().isEmpty()) {
      item(page, "in logs", "`" + String.join("`, `", shape.like()) + "`");
    }
    item(page, "invocations in each fault phase", Integer.toString(shape.faultInvocations()));
  }

  private static void item(StringBuilder page, String name, String text) {
    page.append("- ").append(name).append(": ").append(text).append('\n');
  }
}
