package io.leakguard.chaos;

import io.leakguard.chaos.fault.ProxySource;
import io.leakguard.chaos.report.Cell;
import io.leakguard.chaos.report.RunReport;
import io.leakguard.chaos.report.ShapeNotRun;
import io.leakguard.chaos.report.TerminalReport;
import io.leakguard.chaos.results.Shard;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.scenario.Catalogue;
import io.leakguard.chaos.scenario.Shape;
import io.leakguard.chaos.scenario.ShapeRun;
import io.leakguard.chaos.scenario.Target;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One run: the controls first, then each shape on all functions. Not thread-safe. */
final class ChaosRun implements AutoCloseable {
  /** Environments wait for upstreams most of the time, so more than one a core keeps cores busy. */
  private static final int SIDE_BY_SIDE =
      Math.max(2, 2 * Runtime.getRuntime().availableProcessors());

  /** A fault that is over at once. */
  private static final String CONTROL_SHAPE = "connection-refused";

  private static final String CLEAN = "CleanHandler";
  private static final String SENTINEL = "SentinelHandler";

  private final RunPlan plan;
  private final Console console;
  private final RunResources resources;
  private final Map<String, String> tool;
  private final Set<Shard.Place> places;
  private final List<Cell> cells = new ArrayList<>();
  private final List<ShapeNotRun> shapesNotRun = new ArrayList<>();
  private final Map<String, String> notRun;
  private Verdict negativeControl = Verdict.HARNESS_FAULT;
  private Verdict positiveControl = Verdict.HARNESS_FAULT;
  private Map<String, String> guards = Map.of();
  private boolean interrupted;

  private ChaosRun(
      RunPlan plan, Console console, RunResources resources, Map<String, String> tool) {
    this.plan = plan;
    this.console = console;
    this.resources = resources;
    this.tool = tool;
    this.notRun = new LinkedHashMap<>(plan.project().notRun());
    places = plan.places();
  }

  /** Starts what all shapes share. */
  static ChaosRun prepare(RunPlan plan, Console console) {
    Map<String, String> tool = new LinkedHashMap<>();
    tool.put("leakguard", Installation.VERSION);
    tool.put("java", System.getProperty("java.version"));
    ProxySource proxies =
        ProxySource.of(
            plan.proxy(),
            Installation.cache(System.getenv()),
            plan.judging().seed(),
            line -> console.line("chaos: " + line));
    tool.put("proxy", proxies.description());
    return new ChaosRun(plan, console, RunResources.open(proxies::start), tool);
  }

  /** Plays everything; when interrupted, what is known by then is reported. */
  RunReport play() {
    Instant started = Instant.now();
    console.line(
        "LeakGuard chaos %s   %s   functions: %d   shapes: %d   %s"
            .formatted(
                Installation.VERSION,
                plan.project().template().file(),
                plan.project().functions().size(),
                plan.shapes().size(),
                tool.get("proxy")));
    plan.project().notes().forEach(note -> console.line("  note: " + note));
    try {
      Targets targets = new Targets(resources.folder(), Installation.current(), plan.project());
      List<Target> functions = targets.all(plan.project(), notRun);
      guards = targets.guards();
      playControls(targets);
      for (Shape shape : plan.shapes()) {
        List<Target> mine = functions.stream().filter(f -> isMine(f, shape)).toList();
        for (int from = 0; from < mine.size(); from += SIDE_BY_SIDE) {
          playShape(shape, mine.subList(from, Math.min(from + SIDE_BY_SIDE, mine.size())));
        }
      }
    } catch (InterruptedException e) {
      interrupted = true;
      console.line("chaos: interrupted; reporting what is known");
    }
    return report(started);
  }

  private boolean isMine(Target target, Shape shape) {
    return places.contains(new Shard.Place(target.config().name(), shape.name()));
  }

  /** Whose guard each function has, by logical id. */
  Map<String, String> guards() {
    return guards;
  }

  /** Whether the user ended it early. */
  boolean interrupted() {
    return interrupted;
  }

  private void playControls(Targets targets) throws InterruptedException {
    Shape shape = Catalogue.find(CONTROL_SHAPE).orElseThrow();
    Installation installation = Installation.current();
    Map<String, Judgement> judgements =
        run(shape)
            .play(
                List.of(
                    targets.control(installation, CLEAN), targets.control(installation, SENTINEL)));
    negativeControl = judgements.get(CLEAN).verdict();
    positiveControl = judgements.get(SENTINEL).verdict();
    console.line(
        "  controls: the leaking one is judged %s, the clean one %s"
            .formatted(positiveControl.text(), negativeControl.text()));
  }

  private ShapeRun run(Shape shape) {
    return new ShapeRun(
        resources.stage(),
        shape,
        plan.judging().seed(),
        plan.judging().maxErrors(),
        (playing, phase) -> console.status(playing.name() + "  " + phase));
  }

  private void playShape(Shape shape, List<Target> all) throws InterruptedException {
    List<Target> targets = playable(shape, all);
    if (targets.isEmpty()) {
      return;
    }
    Map<String, Judgement> judgements = run(shape).play(targets);
    judgements.forEach(
        (function, judgement) -> {
          if (isUntouched(shape, judgement)) {
            notRun(shape, function, "it called no upstream in any invocation");
            return;
          }
          FunctionDefinition definition = plan.project().function(function);
          cells.add(
              new Cell(
                  definition.logicalId(),
                  definition.conditionTrue(),
                  shape.name(),
                  judgement,
                  replay(definition, shape)));
          console.line(
              "  [%d/%d] %-24s %-26s %s"
                  .formatted(
                      cells.size(),
                      places.size(),
                      shape.name(),
                      function,
                      TerminalReport.word(judgement)));
        });
  }

  /** A shape that a function cannot be played with is listed with the reason, never clean. */
  private List<Target> playable(Shape shape, List<Target> targets) {
    List<Target> playable = new ArrayList<>();
    for (Target target : targets) {
      String function = target.config().name();
      Optional<String> refusal = shape.refusal(target);
      if (refusal.isPresent()) {
        notRun(shape, function, refusal.get());
      } else {
        playable.add(target);
      }
    }
    return playable;
  }

  /** What no fault has reached is not clean. */
  private static boolean isUntouched(Shape shape, Judgement judgement) {
    return judgement.verdict() == Verdict.CLEAN
        && shape.isAboutUpstreams()
        && judgement.course().requests() == 0;
  }

  private void notRun(Shape shape, String function, String reason) {
    shapesNotRun.add(new ShapeNotRun(function, shape.name(), reason));
    console.line("  not run: %-24s %-26s %s".formatted(shape.name(), function, reason));
  }

  private String replay(FunctionDefinition function, Shape shape) {
    String file = plan.project().template().file().toString();
    String options =
        plan.project().options().stream()
            .map(plan.project().template()::withoutSecrets)
            .map(word -> " " + quoted(word))
            .collect(Collectors.joining());
    return "%s run%s%s --function %s --shape %s --seed %d"
        .formatted(
            Installation.command(),
            file.equals(ProjectOptions.TEMPLATE) ? "" : " --template " + quoted(file),
            options,
            function.logicalId(),
            shape.name(),
            plan.judging().seed());
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private RunReport report(Instant started) {
    return new RunReport(
        started,
        Duration.between(started, Instant.now()),
        plan.project().template().file().toString(),
        tool,
        plan.judging().seed(),
        negativeControl,
        positiveControl,
        List.copyOf(cells),
        List.copyOf(shapesNotRun),
        notRun);
  }

  @Override
  public void close() {
    resources.close();
  }
}
