package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.load.LoadException;
import io.leakguard.chaos.verdict.Judge;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays one shape on several functions side by side: they wait for their upstreams most of the
 * time, and each has environments, upstreams and proxies of its own. Not thread-safe.
 */
public final class ShapeRun {
  /** Errors allowed where there is no fault. */
  private static final double ERROR_PERCENT = 5;

  private final Stage stage;
  private final Shape shape;
  private final PhaseLoad load;
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
    this.load = new PhaseLoad(stage, shape, seed);
    this.maxErrors = maxErrors;
    this.progress = progress;
  }

  /** Plays the shape. A function that cannot be judged gets a harness fault, never an exception. */
  public Map<String, Judgement> play(List<Target> targets) throws InterruptedException {
    List<FunctionUnderTest> functions = new ArrayList<>();
    Setup setup = Setup.of(shape.faults());
    try (ToxiproxyServer proxies = stage.startProxies()) {
      try {
        for (Target target : targets) {
          functions.add(new FunctionUnderTest(target, stage, proxies, setup));
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
      load.send(phase, functions);
      for (FunctionUnderTest function : functions) {
        if (phase.faulty()) {
          function.disarm();
          function.recorder().log().disarmed();
        }
      }
    }
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
