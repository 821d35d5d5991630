package io.leakguard.chaos;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.Route;
import io.leakguard.chaos.report.Cell;
import io.leakguard.chaos.report.RunReport;
import io.leakguard.chaos.report.ShapeNotRun;
import io.leakguard.chaos.report.TerminalReport;
import io.leakguard.chaos.staging.Deployed;
import io.leakguard.chaos.staging.StagingConfig;
import io.leakguard.chaos.staging.StagingPlan;
import io.leakguard.chaos.staging.StagingSession;
import io.leakguard.chaos.verdict.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** One run on functions that are deployed. Not thread-safe. */
final class StagingRun {
  private final StagingPlan plan;
  private final Map<String, LongFunction<String>> events;
  private final JudgingOptions judging;
  private final Console console;
  private final List<Cell> cells = new ArrayList<>();
  private final List<ShapeNotRun> notRun = new ArrayList<>();
  private boolean interrupted;
  private String stopped;

  private StagingRun(
      StagingPlan plan,
      Map<String, LongFunction<String>> events,
      JudgingOptions judging,
      Console console) {
    this.plan = plan;
    this.events = events;
    this.judging = judging;
    this.console = console;
  }

  /**
   * Plans a run; nothing is touched.
   *
   * @param names of the functions to play; all when empty
   * @throws UserError when one is not known, or events cannot be read
   */
  static StagingRun plan(
      StagingConfig config,
      List<String> names,
      ShapeOptions shapes,
      JudgingOptions judging,
      Console console) {
    List<Deployed> chosen = new ArrayList<>(config.functions());
    chosen.removeIf(function -> !names.isEmpty() && !names.contains(function.name()));
    List<String> known = config.functions().stream().map(Deployed::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserError(
            config.file()
                + ": no function '"
                + name
                + "' (--function)\nit has: "
                + String.join(", ", known));
      }
    }
    Map<String, LongFunction<String>> events = new HashMap<>();
    for (Deployed function : chosen) {
      events.put(function.name(), function.event().map(EventFiles::read).orElse(n -> "{}"));
    }
    return new StagingRun(
        StagingPlan.of(config, chosen, shapes.chosen(), events), events, judging, console);
  }

  /** The plan for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(head() + "   dry run: nothing is touched"));
    lines.addAll(plan.lines());
    plan.check();
    return lines;
  }

  private String head() {
    return "LeakGuard chaos %s   staging %s   cells: %d   not run: %d"
        .formatted(
            Installation.VERSION, plan.config().file(), plan.cells().size(), plan.notRun().size());
  }

  /** Plays everything; what is known when it is interrupted or stopped is reported. */
  RunReport play() {
    Instant started = Instant.now();
    long startedNanos = System.nanoTime();
    console.line(head());
    plan.notRun().forEach((cell, reason) -> notRun.add(notRun(cell, reason)));
    List<StagingPlan.Cell> left = new ArrayList<>(plan.cells());
    try (StagingSession session =
        StagingSession.open(plan, line -> console.line("chaos: " + line))) {
      playAll(session, left);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (FaultException e) {
      if (cells.isEmpty()) {
        throw e;
      }
      stopped = e.getMessage();
    }
    String why = stopped != null ? stopped : interrupted ? "the run was interrupted" : "";
    if (!why.isEmpty()) {
      console.line("chaos: " + why + "; reporting what is known");
      left.forEach(cell -> notRun.add(notRun(cell, why)));
    }
    return report(started, Duration.ofNanos(System.nanoTime() - startedNanos));
  }

  private void playAll(StagingSession session, List<StagingPlan.Cell> left)
      throws InterruptedException {
    try {
      while (!left.isEmpty()) {
        StagingPlan.Cell cell = left.get(0);
        StagingSession.Played played =
            session.play(
                cell,
                events.get(cell.function().name()),
                new StagingSession.Rules(judging.seed(), judging.maxErrors()),
                (shape, phase) -> console.status(shape.name() + "  " + phase));
        played
            .judgement()
            .ifPresentOrElse(
                told -> add(cell, told), () -> notRun.add(notRun(cell, played.reason())));
        left.remove(0);
      }
    } catch (InterruptedException e) {
      stopped = session.stopped().orElse(null);
      interrupted = stopped == null;
    }
  }

  private static ShapeNotRun notRun(StagingPlan.Cell cell, String reason) {
    return new ShapeNotRun(cell.function().name(), cell.shape().name(), reason);
  }

  private void add(StagingPlan.Cell cell, Judgement judgement) {
    String function = cell.function().name();
    cells.add(new Cell(function, true, cell.shape().name(), judgement, replay(cell)));
    console.line(
        "  [%d/%d] %-24s %-26s %s"
            .formatted(
                cells.size(),
                plan.cells().size(),
                cell.shape().name(),
                function,
                TerminalReport.word(judgement)));
  }

  private String replay(StagingPlan.Cell cell) {
    return "%s run --staging %s --function %s --shape %s --seed %d"
        .formatted(
            Installation.command(),
            plan.config().file(),
            cell.function().name(),
            cell.shape().name(),
            judging.seed());
  }

  private RunReport report(Instant started, Duration took) {
    Map<String, String> tool = new LinkedHashMap<>();
    tool.put("leakguard", Installation.VERSION);
    tool.put("java", System.getProperty("java.version"));
    tool.put("proxy", "toxiproxy (at " + plan.config().toxiproxy() + ")");
    return RunReport.ofStaging(
        started,
        took,
        plan.config().file().toString(),
        tool,
        judging.seed(),
        List.copyOf(cells),
        List.copyOf(notRun));
  }

  /** What is known of the functions. */
  JsonObject functions() {
    JsonObject functions = new JsonObject();
    for (Deployed function : plan.config().functions()) {
      JsonObject facts = new JsonObject();
      facts.addProperty("artifact", function.way().text());
      JsonObject upstreams = new JsonObject();
      for (Route route : plan.config().routes()) {
        if (function.proxies().contains(route.name())) {
          upstreams.addProperty(route.name(), route.upstream());
        }
      }
      facts.add("upstreams", upstreams);
      JsonArray notes = new JsonArray();
      notes.add("judged by what its guard wrote to log group " + function.logGroup());
      facts.add("notes", notes);
      functions.add(function.name(), facts);
    }
    return functions;
  }

  /** Whether the user ended it early. */
  boolean interrupted() {
    return interrupted;
  }

  /** Whether a guard rail, or trouble with Toxiproxy, ended it early. */
  boolean stopped() {
    return stopped != null;
  }
}
