package io.leakguard.chaos.scenario;

import io.leakguard.chaos.load.LoadException;
import io.leakguard.chaos.load.LoadPlan;
import io.leakguard.chaos.verdict.Phase;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The invocations of the phases of one shape, as its faults want them sent. Not thread-safe. */
final class PhaseLoad {
  /** Above every function timeout that the shapes leave in force, and a cold start. */
  private static final Duration IDLE_DEADLINE = Duration.ofSeconds(60);

  /** A caller that never gives up before Lambda does. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** An impatient caller comes back when what it left behind is over. */
  private static final Duration PAUSE = Duration.ofMillis(300);

  private static final Duration LONGEST_USE = Duration.ofSeconds(15);

  /** A new environment may come up within one slice, and is not filled for long. */
  private static final int SLICE = 32;

  private final Stage stage;
  private final Shape shape;
  private final long seed;
  private final Pace<FunctionUnderTest> pace;

  PhaseLoad(Stage stage, Shape shape, long seed, Pace<FunctionUnderTest> pace) {
    this.stage = stage;
    this.shape = shape;
    this.seed = seed;
    this.pace = pace;
  }

  /** Sends a phase's invocations and waits until their environments are idle. */
  void send(Phase phase, List<FunctionUnderTest> functions)
      throws InterruptedException, LoadException {
    int count = shape.invocations().get(phase);
    LambdaFault.Frozen frozen = fault(phase, LambdaFault.Frozen.class);
    int atOnce = atOnce(phase);
    List<FunctionUnderTest> left = functions;
    int first = 0;
    while (!left.isEmpty()) {
      int step = frozen != null ? 1 : atOnce > 0 ? atOnce : pace.next(phase, first, count);
      step = first < count ? Math.min(step, count - first) : step;
      pace.expect(phase, left, first + step, count);
      send(phase, left, first, step);
      pace.sent(phase, left, step);
      if (frozen != null) {
        for (FunctionUnderTest function : left) {
          function.whileFrozen(frozen);
        }
        TimeUnit.NANOSECONDS.sleep(frozen.atLeast().toNanos());
      }
      first += step;
      left = pace.goOn(phase, left, count);
    }
    LambdaFault.Limited limited = fault(phase, LambdaFault.Limited.class);
    if (limited != null && phase == Phase.FAULT) {
      useUp(limited, phase, functions);
    }
  }

  /**
   * Goes on with the functions that grow until their quota is used up, which ends their environment
   * sooner or later, or for some seconds.
   */
  private void useUp(LambdaFault.Limited limited, Phase phase, List<FunctionUnderTest> functions)
      throws InterruptedException, LoadException {
    Map<FunctionUnderTest, Set<Integer>> growing = new LinkedHashMap<>();
    for (FunctionUnderTest function : functions) {
      if (function.grewInFault(limited.resource())) {
        growing.put(function, function.environments());
        function.lookAway();
      }
    }
    long end = System.nanoTime() + LONGEST_USE.toNanos();
    List<FunctionUnderTest> left = new ArrayList<>(growing.keySet());
    int sent = shape.faultInvocations();
    while (sent < limited.left() && !left.isEmpty() && System.nanoTime() < end) {
      send(phase, left, sent, SLICE);
      sent += SLICE;
      left.removeIf(function -> !function.environments().equals(growing.get(function)));
    }
    growing.keySet().forEach(FunctionUnderTest::lookAgain);
  }

  private void send(Phase phase, List<FunctionUnderTest> functions, int first, int count)
      throws InterruptedException, LoadException {
    stage.load().run(plan(phase, functions, first, count));
    for (FunctionUnderTest function : functions) {
      if (!function.function().awaitIdle(shorter(IDLE_DEADLINE, pace.left()))) {
        pace.outOfTime(function);
      }
    }
  }

  private LoadPlan plan(Phase phase, List<FunctionUnderTest> functions, int first, int count) {
    List<URI> targets = functions.stream().map(function -> stage.address(function.name())).toList();
    List<String> events = events(phase, functions, first, count);
    CallerFault.Impatient impatient = fault(phase, CallerFault.Impatient.class);
    Duration patience = impatient == null ? shorter(PATIENCE, pace.left()) : impatient.timeout();
    if (atOnce(phase) > 0) {
      return new LoadPlan.Burst(targets, count, events, patience);
    }
    if (impatient != null) {
      // One that sends its event again does so at once.
      Duration pause = fault(phase, CallerFault.Again.class) == null ? PAUSE : Duration.ZERO;
      return new LoadPlan.Impatient(targets, count, pause, events, patience);
    }
    return new LoadPlan.Steady(targets, count, Duration.ZERO, events, patience);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** How many requests come at a time; 0 for one after the other. */
  private int atOnce(Phase phase) {
    CallerFault.AtOnce requests = fault(phase, CallerFault.AtOnce.class);
    LambdaFault.Lanes lanes = fault(phase, LambdaFault.Lanes.class);
    return requests != null ? requests.requests() : lanes != null ? lanes.events() : 0;
  }

  /** The load driver deals events to its targets in turn. */
  private List<String> events(
      Phase phase, List<FunctionUnderTest> functions, int first, int count) {
    PhaseEvents phaseEvents = new PhaseEvents(shape, seed);
    List<String> events = new ArrayList<>();
    for (int n = first; n < first + count; n++) {
      for (FunctionUnderTest function : functions) {
        events.add(phaseEvents.of(phase, function.target().event(), n));
      }
    }
    return events;
  }

  private <F extends Fault> F fault(Phase phase, Class<F> kind) {
    return phase.faulty() ? shape.fault(kind) : null;
  }
}
