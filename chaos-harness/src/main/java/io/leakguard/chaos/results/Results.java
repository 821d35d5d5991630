package io.leakguard.chaos.results;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run, or several that were merged. Lists, maps and texts are never null: empty is unknown or
 * none. Numbers are null where they are unknown.
 *
 * @param schemaVersion of the file
 * @param tool versions of what took part, by name
 * @param mode {@code staging} where the functions are deployed; empty where they ran here
 * @param started when it began, ISO 8601
 * @param seconds how long it took; of merged runs, all of them together
 * @param template the template, as the user named it
 * @param seed what the events were made from
 * @param shard which part of the matrix, such as {@code 2/8}; empty for all of it
 * @param command the command line that replays the run
 * @param machine what it ran on, by name
 * @param controls verdicts of the {@code negative} and the {@code positive} control
 * @param functions configurations by logical id
 * @param cells one per function and shape
 * @param notRun functions that were not run, with the reason
 * @param shapesNotRun cells that were not run
 * @param notExercised what no invocation has reached
 * @param accepted accepted findings and until when
 * @param conflicts cells that merged runs judged differently
 * @param runs what was merged; empty for a single run
 * @param missingShards shards that a merged whole lacks
 */
public record Results(
    int schemaVersion,
    Map<String, String> tool,
    String mode,
    String started,
    Double seconds,
    String template,
    Long seed,
    String shard,
    String command,
    Map<String, String> machine,
    Map<String, String> controls,
    Map<String, FunctionResult> functions,
    List<CellResult> cells,
    Map<String, String> notRun,
    List<NotRun> shapesNotRun,
    List<NotExercised> notExercised,
    List<Acceptance> accepted,
    List<String> conflicts,
    List<MergedRun> runs,
    List<String> missingShards) {

  /** The mode of a run on functions that are deployed. */
  public static final String STAGING = "staging";

  /** The verdict on a control that was not judged. */
  public static final String NOT_RUN = "not-run";

  public Results {
    mode = Absent.text(mode);
    tool = Absent.map(tool);
    started = Absent.text(started);
    template = Absent.text(template);
    shard = Absent.text(shard);
    command = Absent.text(command);
    machine = Absent.map(machine);
    controls = Absent.map(controls);
    functions = Absent.map(functions);
    cells = Absent.list(cells);
    notRun = Absent.map(notRun);
    shapesNotRun = Absent.list(shapesNotRun);
    notExercised = Absent.list(notExercised);
    accepted = Absent.list(accepted);
    conflicts = Absent.list(conflicts);
    runs = Absent.list(runs);
    missingShards = Absent.list(missingShards);
  }

  /**
   * A cell that was not run.
   *
   * @param function logical id; empty for all functions
   * @param shape the shape's name
   * @param reason why not
   * @param neededSeconds how long it would have taken, or null
   */
  public record NotRun(String function, String shape, String reason, Double neededSeconds) {
    public NotRun {
      function = Absent.text(function);
      shape = Absent.text(shape);
      reason = Absent.text(reason);
    }
  }

  /**
   * What no invocation has reached.
   *
   * @param function logical id
   * @param upstream the environment variable of an upstream that was never called, or empty
   * @param text in words, or empty
   */
  public record NotExercised(String function, String upstream, String text) {
    public NotExercised {
      function = Absent.text(function);
      upstream = Absent.text(upstream);
      text = Absent.text(text);
    }
  }

  /**
   * One of several runs that were merged.
   *
   * @param file where it was read
   * @param shard its part of the matrix, or empty
   * @param started when it began
   * @param seconds how long it took, or null
   */
  public record MergedRun(String file, String shard, String started, Double seconds) {
    public MergedRun {
      file = Absent.text(file);
      shard = Absent.text(shard);
      started = Absent.text(started);
    }
  }

  /** Whether there were no controls: the functions are deployed, and the harness's own are not. */
  public boolean hasNoControls() {
    return mode.equals(STAGING)
        && NOT_RUN.equals(controls.get("negative"))
        && NOT_RUN.equals(controls.get("positive"));
  }

  /** Whether nothing speaks against the run: its controls are right, or it could have none. */
  public boolean controlsHold() {
    return hasNoControls() || judgesControlsRightly();
  }

  private boolean judgesControlsRightly() {
    return "clean".equals(controls.get("negative")) && "leak".equals(controls.get("positive"));
  }

  /**
   * 2 when a cell leaks and not all of it is accepted, else 4 when one could not be judged or a
   * shard is missing, else 3 when a function failed without a fault, else 0.
   */
  public int exitCode() {
    if (controlsHold() && cells.stream().anyMatch(CellResult::counts)) {
      return 2;
    }
    boolean nothingJudged = cells.isEmpty() && !shapesNotRun.isEmpty();
    if (!controlsHold()
        || nothingJudged
        || !missingShards.isEmpty()
        || cells.stream().anyMatch(CellResult::isUnjudged)) {
      return 4;
    }
    return cells.stream().anyMatch(cell -> cell.verdict().equals("failed")) ? 3 : 0;
  }

  /** Names of the functions that have cells, in the order of the file. */
  public List<String> functionNames() {
    return cells.stream().map(CellResult::function).distinct().toList();
  }

  /** Names of the shapes that have cells, in the order of the file. */
  public List<String> shapeNames() {
    return cells.stream().map(CellResult::shape).distinct().toList();
  }

  /** The cell of a function in a shape. */
  public Optional<CellResult> cell(String function, String shape) {
    return cells.stream()
        .filter(cell -> cell.function().equals(function) && cell.shape().equals(shape))
        .findFirst();
  }
}
