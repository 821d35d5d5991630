package io.leakguard.chaos.report;

import io.leakguard.chaos.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a run found.
 *
 * @param started when it began
 * @param took how long it took
 * @param template the template, as the user named it
 * @param tool versions of what took part, by name
 * @param seed what the events were made from
 * @param negativeControl verdict on the harness's own clean handler; must be clean
 * @param positiveControl verdict on the harness's own leaking handler; must be a leak
 * @param cells in the order they were asked for
 * @param shapesNotRun shapes that a function could not be played with
 * @param notRun functions that could not be run, with the reason
 * @param staging whether the functions are deployed: no control can be judged beside them then
 */
public record RunReport(
    Instant started,
    Duration took,
    String template,
    Map<String, String> tool,
    long seed,
    Verdict negativeControl,
    Verdict positiveControl,
    List<Cell> cells,
    List<ShapeNotRun> shapesNotRun,
    Map<String, String> notRun,
    boolean staging) {

  /** A run on functions that are deployed, as a file of the user's says. */
  public static RunReport ofStaging(
      Instant started,
      Duration took,
      String file,
      Map<String, String> tool,
      long seed,
      List<Cell> cells,
      List<ShapeNotRun> shapesNotRun) {
    Verdict none = Verdict.HARNESS_FAULT;
    return new RunReport(
        started, took, file, tool, seed, none, none, cells, shapesNotRun, Map.of(), true);
  }

  /** Whether the harness proved in this run that it finds leaks and accuses nobody wrongly. */
  public boolean controlsHold() {
    return negativeControl == Verdict.CLEAN && positiveControl == Verdict.LEAK;
  }
}
