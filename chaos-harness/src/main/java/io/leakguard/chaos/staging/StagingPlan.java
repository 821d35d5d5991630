package io.leakguard.chaos.staging;

import io.leakguard.chaos.scenario.CallerFault;
import io.leakguard.chaos.scenario.FromOutside;
import io.leakguard.chaos.scenario.PoisonedBatch;
import io.leakguard.chaos.scenario.Shape;
import io.leakguard.chaos.verdict.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * What a staging run will do; made without touching anything.
 *
 * @param cells what is played, in order
 * @param notRun what is not, with the reason
 */
public record StagingPlan(StagingConfig config, List<Cell> cells, Map<Cell, String> notRun) {
  /**
   * Of threads that have ended by themselves before, as those of a fault that is over, a guard
   * counts only those that are three invocations old, and tells of more than there were.
   */
  private static final int MORE_IN_THE_SECOND_FAULT = 4;

  /** One function in one shape. */
  public record Cell(Deployed function, Shape shape) {
    /** Invocations of all its phases. */
    public int invocations() {
      int sum = 0;
      for (Phase phase : Phase.values()) {
        sum += shape.invocations().get(phase);
      }
      return sum;
    }
  }

  /**
   * Plans shapes on functions: all shapes on one function, then on the next.
   *
   * @param events the events of each function, by its name
   */
  public static StagingPlan of(
      StagingConfig config,
      List<Deployed> functions,
      List<Shape> shapes,
      Map<String, LongFunction<String>> events) {
    List<Cell> cells = new ArrayList<>();
    Map<Cell, String> notRun = new LinkedHashMap<>();
    for (Deployed function : functions) {
      String event = events.get(function.name()).apply(0);
      for (Shape shape : shapes) {
        Cell cell =
            new Cell(function, shape.prolonged(Phase.FAULT_AGAIN, MORE_IN_THE_SECOND_FAULT));
        Optional<String> refusal = refusal(cell, event);
        if (refusal.isPresent()) {
          notRun.put(cell, refusal.get());
        } else {
          cells.add(cell);
        }
      }
    }
    return new StagingPlan(config, List.copyOf(cells), notRun);
  }

  private static Optional<String> refusal(Cell cell, String event) {
    Optional<String> outside = cell.shape().refusalFromOutside();
    if (outside.isPresent()) {
      return outside;
    }
    boolean needsProxy =
        cell.shape().faults().stream()
            .anyMatch(fault -> !(fault.outside() instanceof FromOutside.Called));
    if (needsProxy && cell.function().proxies().isEmpty()) {
      return Optional.of("no upstream of it is behind Toxiproxy");
    }
    boolean poison = cell.shape().fault(CallerFault.Poison.class) != null;
    return poison && !PoisonedBatch.isBatch(event)
        ? Optional.of("its events are no batches of records with a body")
        : Optional.empty();
  }

  /** Invocations of all cells. */
  public int invocations() {
    return cells.stream().mapToInt(Cell::invocations).sum();
  }

  /**
   * Makes sure that it keeps within the guard rails.
   *
   * @throws StagingException when it does not, or nothing is left to play
   */
  public void check() {
    GuardRails rails = config.rails();
    if (!rails.stages().contains(config.stage())) {
      throw new StagingException(
          "stage must be one of guardRails.stages "
              + rails.stages()
              + ", was '"
              + config.stage()
              + "'");
    }
    if (cells.isEmpty()) {
      throw new StagingException(
          "none of these shapes can be played from outside\n"
              + "those that can are listed by: --dry-run");
    }
    if (invocations() > rails.invocations()) {
      throw new StagingException(
          "the plan has %d invocations, guardRails.maximumInvocations is %d"
                  .formatted(invocations(), rails.invocations())
              + "\nplay fewer shapes (--shape) or functions (--function), or raise it");
    }
  }

  /** The plan for people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    GuardRails rails = config.rails();
    lines.add("  stage     %s, in account %s".formatted(config.stage(), either(rails.accounts())));
    lines.add("  region    " + config.region().orElse("of the environment"));
    config.endpoint().ifPresent(endpoint -> lines.add("  endpoint  " + endpoint));
    cells.stream().map(Cell::function).distinct().forEach(function -> lines.add(line(function)));
    lines.add("  toxiproxy " + config.toxiproxy());
    config
        .routes()
        .forEach(
            route ->
                lines.add(
                    "  proxy     %s: %s -> %s"
                        .formatted(route.name(), route.listen(), route.upstream())));
    lines.add("");
    cells.forEach(cell -> lines.addAll(lines(cell)));
    lines.add("");
    lines.addAll(notRunLines());
    lines.add(
        "  invocations %d of at most %d, at most %d a second: %d s or more; stopped after %d s"
            .formatted(
                invocations(),
                rails.invocations(),
                rails.perSecond(),
                invocations() / rails.perSecond(),
                rails.longest().toSeconds()));
    lines.add(
        rails.stopAlarms().isEmpty()
            ? "  no stop alarm"
            : "  stopped by alarm " + either(rails.stopAlarms()));
    return lines;
  }

  /** One line for each reason. */
  private List<String> notRunLines() {
    Map<String, List<String>> shapes = new LinkedHashMap<>();
    notRun.forEach(
        (cell, reason) ->
            shapes
                .computeIfAbsent(cell.function().name() + ", " + reason, key -> new ArrayList<>())
                .add(cell.shape().name()));
    List<String> lines = new ArrayList<>();
    shapes.forEach(
        (reason, names) ->
            lines.add("  not run on " + reason + ":\n    " + String.join(", ", names)));
    return lines;
  }

  private static String either(List<String> words) {
    return String.join(" or ", words);
  }

  private static String line(Deployed function) {
    return "  function  %s: %s, event %s, log group %s, upstreams %s"
        .formatted(
            function.name(),
            function.way().text(),
            function.event().map(Object::toString).orElse("{}"),
            function.logGroup(),
            function.proxies().isEmpty() ? "none" : String.join(", ", function.proxies()));
  }

  private static List<String> lines(Cell cell) {
    List<String> lines = new ArrayList<>();
    String first =
        "  %-24s %-26s %3d invocations  "
            .formatted(cell.shape().name(), cell.function().name(), cell.invocations());
    for (String how : cell.shape().howFromOutside()) {
      lines.add(lines.isEmpty() ? first + how : " ".repeat(first.length()) + how);
    }
    return lines;
  }
}
