package io.leakguard.chaos;

import io.leakguard.chaos.fault.ProxySource;
import io.leakguard.chaos.report.RunReport;
import io.leakguard.chaos.results.Shard;
import io.leakguard.chaos.scenario.Catalogue;
import io.leakguard.chaos.scenario.Shape;
import io.leakguard.chaos.scenario.Target;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  private final ProxySource proxies;
  private final Set<Shard.Place> places;
  private final Matrix matrix;
  private final Map<String, String> notRun;
  private Verdict negativeControl = Verdict.HARNESS_FAULT;
  private Verdict positiveControl = Verdict.HARNESS_FAULT;
  private Map<String, String> guards = Map.of();
  private boolean interrupted;

  private ChaosRun(
      RunPlan plan,
      Console console,
      ProxySource proxies,
      RunResources resources,
      Map<String, String> tool) {
    this.plan = plan;
    this.proxies = proxies;
    this.console = console;
    this.resources = resources;
    this.tool = tool;
    this.notRun = new LinkedHashMap<>(plan.project().notRun());
    places = plan.places();
    matrix = new Matrix(plan, console, resources.stage());
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
    return new ChaosRun(plan, console, proxies, RunResources.open(proxies::start), tool);
  }

  /** Plays everything; when interrupted, what is known by then is reported. */
  RunReport play() {
    Instant started = Instant.now();
    long startedNanos = System.nanoTime();
    console.line(
        "LeakGuard chaos %s   %s   functions: %d   shapes: %d   %s%s"
            .formatted(
                Installation.VERSION,
                plan.project().template().file(),
                plan.project().functions().size(),
                plan.shapes().size(),
                tool.get("proxy"),
                plan.shard().isWhole() ? "" : "   shard: " + plan.shard()));
    plan.project().notes().forEach(note -> console.line("  note: " + note));
    if (!plan.project().backends().real().isEmpty() && !proxies.counts()) {
      console.line(
          "  note: Toxiproxy does not count the calls of real servers: a function that makes none"
              + " is called clean (--toxiproxy embedded counts them)");
    }
    try {
      Targets targets = new Targets(resources.folder(), Installation.current(), plan.project());
      List<Target> functions = targets.all(plan.project(), notRun);
      guards = targets.guards();
      playControls(targets);
      if (playShapes(functions)) {
        if (plan.judging().minimize()) {
          matrix.minimize(functions);
        }
        matrix.lookWhetherTheyHeal();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      console.line("chaos: interrupted; reporting what is known");
    }
    return report(started, Duration.ofNanos(System.nanoTime() - startedNanos));
  }

  /** False when there is no proxy server any more: nothing else can be played then. */
  private boolean playShapes(List<Target> functions) throws InterruptedException {
    Optional<String> lost = Optional.empty();
    for (Shape shape : plan.shapes()) {
      List<Target> mine = functions.stream().filter(f -> isMine(f, shape)).toList();
      for (int from = 0; from < mine.size(); from += SIDE_BY_SIDE) {
        List<Target> some = mine.subList(from, Math.min(from + SIDE_BY_SIDE, mine.size()));
        if (lost.isPresent()) {
          matrix.skip(shape, some, lost.get());
          continue;
        }
        boolean judged = matrix.play(shape, some);
        stopWhenInterrupted();
        if (!judged) {
          lost = proxies.lost();
          lost.ifPresent(why -> console.line("chaos: " + why + "; what is left is not run"));
        }
      }
    }
    return lost.isEmpty();
  }

  /** An interruption that reached a proxy's control plane has made a harness fault of a shape. */
  private static void stopWhenInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
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
        matrix.playAside(
            shape,
            List.of(targets.control(installation, CLEAN), targets.control(installation, SENTINEL)));
    negativeControl = judgements.get(CLEAN).verdict();
    positiveControl = judgements.get(SENTINEL).verdict();
    console.line(
        "  controls: the leaking one is judged %s, the clean one %s"
            .formatted(positiveControl.text(), negativeControl.text()));
  }

  private RunReport report(Instant started, Duration took) {
    return new RunReport(
        started,
        took,
        plan.project().template().file().toString(),
        tool,
        plan.judging().seed(),
        negativeControl,
        positiveControl,
        matrix.cells(),
        matrix.notRun(),
        notRun,
        false);
  }

  @Override
  public void close() {
    matrix.close();
    resources.close();
  }
}
