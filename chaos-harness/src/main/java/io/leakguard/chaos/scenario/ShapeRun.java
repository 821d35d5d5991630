package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.load.LoadException;
import io.leakguard.chaos.load.LoadPlan;
import io.leakguard.chaos.verdict.Judge;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Phase;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays one shape on several functions side by side: they wait for their upstreams most of the
 * time, and each has environments, upstreams and proxies of its own. Not thread-safe.
 */
public final class ShapeRun {
  /** Above every function timeout that the shapes leave in force, and a cold start. */
  private static final Duration IDLE_DEADLINE = Duration.ofSeconds(60);

  /** A caller that never gives up before Lambda does. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** An impatient caller comes back when what it left behind is over. */
  private static final Duration PAUSE = Duration.ofMillis(300);

  /** Errors allowed where there is no fault. */
  private static final double ERROR_PERCENT = 5;

  private final Stage stage;
  private final Shape shape;
  private final long seed;
  private final double maxErrors;
  private final PhaseListener progress;

  /** Hears when a phase begins. */
  public interface PhaseListener {
    void begins(Shape shape, Phase phase);
  }

  /**
   * Prepares a shape.
   *
   * @param seed events are numbered from here, so that two runs send the same
   * @param maxErrors errors allowed in the fault phases, in per cent; 100 judges none
   */
  public ShapeRun(Stage stage, Shape shape, long seed, double maxErrors, PhaseListener progress) {
    this.stage = stage;
    this.shape = shape;
    this.seed = seed;
    this.maxErrors = maxErrors;
    this.progress = progress;
  }

  /** Plays the shape. A function that cannot be judged gets a harness fault, never an exception. */
  public Map<String, Judgement> play(List<Target> targets) throws InterruptedException {
    List<FunctionUnderTest> functions = new ArrayList<>();
    try (ToxiproxyServer proxies = stage.startProxies()) {
      try {
        for (Target target : targets) {
          functions.add(new FunctionUnderTest(target, stage, proxies));
        }
        playPhases(functions);
        return judge(functions);
      } finally {
        functions.forEach(FunctionUnderTest::close);
      }
    } catch (FaultException | LoadException e) {
      Map<String, Judgement> faults = new LinkedHashMap<>();
      targets.forEach(target -> faults.put(target.name(), Judgement.harnessFault(e.getMessage())));
      return faults;
    }
  }

  private void playPhases(List<FunctionUnderTest> functions)
      throws InterruptedException, LoadException {
    for (Phase phase : Phase.values()) {
      progress.begins(shape, phase);
      for (FunctionUnderTest function : functions) {
        function.recorder().begin(phase);
        function.recorder().expect(shape.invocations().get(phase));
        if (phase.faulty()) {
          shape.faults().forEach(function::arm);
          function.recorder().log().armed(shape.reproduces());
        }
      }
      invoke(phase, functions);
      for (FunctionUnderTest function : functions) {
        if (phase.faulty()) {
          function.disarm();
          function.recorder().log().disarmed();
        }
      }
    }
  }

  private void invoke(Phase phase, List<FunctionUnderTest> functions)
      throws InterruptedException, LoadException {
    int count = shape.invocations().get(phase);
    if (phase.faulty() && shape.fault(Fault.CloseWhileFrozen.class) != null) {
      for (int i = 0; i < count; i++) {
        load(phase, functions, i, 1);
        functions.forEach(FunctionUnderTest::closeConnectionsWhileFrozen);
      }
    } else {
      load(phase, functions, 0, count);
    }
  }

  private void load(Phase phase, List<FunctionUnderTest> functions, int first, int count)
      throws InterruptedException, LoadException {
    List<URI> targets = functions.stream().map(function -> stage.address(function.name())).toList();
    List<String> events = events(phase, functions, first, count);
    Fault.ImpatientClient impatient = shape.fault(Fault.ImpatientClient.class);
    stage
        .load()
        .run(
            phase.faulty() && impatient != null
                ? new LoadPlan.Impatient(targets, count, PAUSE, events, impatient.timeout())
                : new LoadPlan.Steady(targets, count, Duration.ZERO, events, PATIENCE));
    functions.forEach(function -> function.function().awaitIdle(IDLE_DEADLINE));
  }

  /** The load driver deals events to its targets in turn. */
  private List<String> events(
      Phase phase, List<FunctionUnderTest> functions, int first, int count) {
    // Phases number their events apart, so that no order id comes twice.
    long start = 1_000_000 * seed + phase.numbersFrom() + first;
    List<String> events = new ArrayList<>();
    for (long n = start; n < start + count; n++) {
      for (FunctionUnderTest function : functions) {
        events.add(function.target().event().apply(n));
      }
    }
    return events;
  }

  private Map<String, Judgement> judge(List<FunctionUnderTest> functions) {
    Map<String, Judgement> judgements = new LinkedHashMap<>();
    for (FunctionUnderTest function : functions) {
      Judge.Limits limits =
          new Judge.Limits(
              shape.invocations(), ERROR_PERCENT, maxErrors, function.target().upstreams().size());
      Recorder recorder = function.recorder();
      judgements.put(function.name(), Judge.judge(recorder.phases(), recorder.course(), limits));
    }
    return judgements;
  }
}
