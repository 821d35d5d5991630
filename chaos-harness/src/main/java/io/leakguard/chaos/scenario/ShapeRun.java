package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.load.LoadException;
import io.leakguard.chaos.verdict.Judge;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plays one shape on several functions side by side: they wait for their upstreams most of the
 * time, and each has environments, upstreams and proxies of its own. Not thread-safe.
 */
public final class ShapeRun {
  /** Errors allowed where there is no fault. */
  private static final double ERROR_PERCENT = 5;

  private final Stage stage;
  private final Shape shape;
  private final Rules rules;
  private final Optional<Suspects> suspects;
  private final PhaseListener progress;
  private final Pace<FunctionUnderTest> pace;
  private final PhaseLoad load;
  private final Map<FunctionUnderTest, String> broken = new HashMap<>();
  private final Set<FunctionUnderTest> kept = new HashSet<>();
  private boolean faulted;

  /** Hears when a phase begins. */
  public interface PhaseListener {
    void begins(Shape shape, Phase phase);
  }

  /**
   * What is the same for all cells.
   *
   * @param seed events are numbered from here, so that two runs send the same
   * @param maxErrors errors allowed in the fault phases, in per cent; 100 judges none
   * @param maxCellTime what does not fit into it is not played
   */
  public record Rules(long seed, double maxErrors, Duration maxCellTime) {}

  /**
   * Prepares a shape, to be played once.
   *
   * @param suspects gets the environments of functions that leak; empty: they are ended
   */
  public ShapeRun(
      Stage stage, Shape shape, Rules rules, Optional<Suspects> suspects, PhaseListener progress) {
    this.stage = stage;
    this.shape = shape;
    this.rules = rules;
    this.suspects = suspects;
    this.progress = progress;
    this.pace = new Pace<>(rules.maxCellTime(), System::nanoTime);
    this.load = new PhaseLoad(stage, shape, rules.seed(), pace);
  }

  /**
   * Plays the shape. A function that cannot be judged gets a harness fault, never an exception; one
   * that does not fit into the time of a cell gets nothing, see {@link #needed}.
   */
  public Map<String, Judgement> play(List<Target> targets) throws InterruptedException {
    try {
      ToxiproxyServer proxies = stage.startProxies();
      List<FunctionUnderTest> functions = new ArrayList<>();
      try {
        Setup setup = Setup.of(shape.faults());
        for (Target target : targets) {
          functions.add(new FunctionUnderTest(target, stage, proxies, setup));
        }
        // What waits behind a server that is stuck would wait until each invocation's timeout.
        proxies.whenItFails(() -> functions.forEach(FunctionUnderTest::abandon));
        playPhases(functions, proxies);
        requireAnswering(proxies);
        return judge(functions, proxies);
      } catch (FaultException e) {
        requireAnswering(proxies);
        throw e;
      } finally {
        functions.stream().filter(f -> !kept.contains(f)).forEach(FunctionUnderTest::close);
        if (suspects.filter(keeper -> keeper.holds(proxies)).isEmpty()) {
          proxies.close();
        }
      }
    } catch (FaultException | LoadException e) {
      faulted = true;
      Map<String, Judgement> faults = new LinkedHashMap<>();
      targets.forEach(target -> faults.put(target.name(), Judgement.harnessFault(e.getMessage())));
      return faults;
    }
  }

  /** The functions that did not fit into the time of a cell, with the time that each needs. */
  public Map<String, Duration> needed() {
    Map<String, Duration> needed = new LinkedHashMap<>();
    if (faulted) {
      return needed;
    }
    pace.givenUp().forEach((function, time) -> needed.put(function.name(), time));
    return needed;
  }

  /** What went through a server that failed shows nothing, and what took too long neither. */
  private static void requireAnswering(ToxiproxyServer proxies) {
    proxies
        .failure()
        .ifPresent(
            failure -> {
              throw new FaultException(failure);
            });
  }

  private void playPhases(List<FunctionUnderTest> functions, ToxiproxyServer proxies)
      throws InterruptedException, LoadException {
    for (Phase phase : Phase.values()) {
      progress.begins(shape, phase);
      requireAnswering(proxies);
      List<FunctionUnderTest> playing = new ArrayList<>(functions);
      for (FunctionUnderTest function : functions) {
        requireAnswering(proxies);
        probe(function);
      }
      playing.removeAll(pace.givenUp().keySet());
      playing.removeAll(broken.keySet());
      if (playing.isEmpty()) {
        return;
      }
      playing.forEach(function -> begin(phase, function));
      load.send(phase, playing);
      playing.forEach(function -> end(phase, function));
    }
    requireAnswering(proxies);
    functions.forEach(this::probe);
  }

  /** Between phases there is no fault: a proxy that carries nothing would spoil what is judged. */
  private void probe(FunctionUnderTest function) {
    if (!pace.givenUp().containsKey(function)) {
      function.proxyFailure().ifPresent(failure -> broken.putIfAbsent(function, failure));
    }
  }

  private void begin(Phase phase, FunctionUnderTest function) {
    function.recorder().begin(phase);
    if (phase.faulty() && !shape.faults().isEmpty()) {
      shape.faults().forEach(function::arm);
      function.recorder().log().armed(shape.reproduces());
    }
  }

  private static void end(Phase phase, FunctionUnderTest function) {
    if (phase.faulty()) {
      function.disarm();
      function.recorder().log().disarmed();
    }
  }

  private Map<String, Judgement> judge(List<FunctionUnderTest> functions, ToxiproxyServer proxies) {
    Map<String, Judgement> judgements = new LinkedHashMap<>();
    for (FunctionUnderTest function : functions) {
      if (!pace.givenUp().containsKey(function)) {
        Judgement judgement = judge(function);
        judgements.put(function.name(), judgement);
        if (suspects.filter(keeper -> keeper.wants(judgement)).isPresent()) {
          suspects.get().keep(shape.name(), function, proxies, judgement);
          kept.add(function);
        }
      }
    }
    return judgements;
  }

  private Judgement judge(FunctionUnderTest function) {
    Recorder recorder = function.recorder();
    String failure = broken.get(function);
    if (failure != null) {
      return Judgement.harnessFault(failure).withCourse(recorder.course());
    }
    Map<Phase, Integer> sent = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      sent.put(phase, pace.sent(phase, function));
    }
    Judge.Limits limits =
        new Judge.Limits(
            sent, ERROR_PERCENT, rules.maxErrors(), function.target().upstreams().size());
    return Judge.judge(recorder.phases(), recorder.course(), limits);
  }
}
