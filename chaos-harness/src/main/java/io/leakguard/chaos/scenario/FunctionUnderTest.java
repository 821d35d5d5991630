package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.lambda.Freeze;
import io.leakguard.chaos.lambda.FunctionOptions;
import io.leakguard.chaos.lambda.LocalFunction;
import io.leakguard.chaos.lambda.LocalLambda;
import io.leakguard.chaos.verdict.Levels;
import io.leakguard.chaos.verdict.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One function during one shape, with an upstream and a proxy of its own for each of its upstream
 * variables, so that functions played side by side do not disturb each other. Not thread-safe.
 */
final class FunctionUnderTest implements Pace.Runner, Suspects.Suspect {
  /** A freeze takes a millisecond; the rest is room for a busy machine. */
  private static final Duration FREEZE_DEADLINE = Duration.ofSeconds(10);

  private final Target target;
  private final Surroundings surroundings;
  private final Recorder recorder;
  private final LocalLambda lambda;
  private final LocalFunction function;
  private final Levers levers;

  FunctionUnderTest(Target target, Stage stage, ToxiproxyServer server, Setup setup) {
    this.target = target;
    surroundings = new Surroundings(target, stage, server, setup);
    recorder = new Recorder(surroundings.ports(), surroundings::calls);
    lambda = stage.lambda();
    stage.watch(name(), recorder);
    FunctionOptions options = setup.options().withJvmOptions(surroundings.jvmOptions());
    function =
        lambda.deploy(setup.config(target.redirected(surroundings.addresses(), setup)), options);
    lookAgain();
    levers =
        new Levers(function, surroundings.stubs(), surroundings.proxies(), surroundings.names());
  }

  @Override
  public String name() {
    return target.name();
  }

  Target target() {
    return target;
  }

  LocalFunction function() {
    return function;
  }

  Recorder recorder() {
    return recorder;
  }

  @Override
  public Duration timeout() {
    return target.config().timeout();
  }

  @Override
  public Duration slowest(Phase phase) {
    return recorder.slowest(phase);
  }

  @Override
  public boolean isClear(Phase phase) {
    return recorder.isClear(phase);
  }

  @Override
  public boolean isUndecided(Phase phase) {
    return recorder.isUndecided(phase);
  }

  @Override
  public void expect(int invocations) {
    recorder.expect(invocations);
  }

  void arm(Fault fault) {
    fault.arm(levers);
  }

  void disarm() {
    levers.release();
  }

  /** Whether it has more of something after at least every second invocation of the first fault. */
  boolean grewInFault(LambdaFault.Resource resource) {
    List<Levels> levels =
        recorder.phases().get(Phase.FAULT).samples().stream()
            .flatMap(sample -> sample.counted().stream())
            .toList();
    return levels.size() > 1
        && resource.of(levels.get(levels.size() - 1)) - resource.of(levels.get(0))
            >= levels.size() / 2;
  }

  /** Its environments that live, by number. */
  Set<Integer> environments() {
    return function.environments().stream()
        .map(environment -> environment.id().number())
        .collect(Collectors.toSet());
  }

  /** Invocations that follow are not measured. */
  void lookAway() {
    function.setIdleObserver(null);
    recorder.ignore(true);
  }

  void lookAgain() {
    recorder.ignore(false);
    function.setIdleObserver((environment, invocations) -> recorder.idle(environment));
  }

  /** Waits for the freeze; then what is to happen while it lasts happens. */
  void whileFrozen(LambdaFault.Frozen frozen) {
    if (!function.awaitFrozen(FREEZE_DEADLINE)) {
      throw new FaultException(
          name() + " was not frozen within " + FREEZE_DEADLINE.toSeconds() + " s");
    }
    switch (frozen.meanwhile()) {
      case CLOSE -> levers.closeConnections();
      case RESET -> levers.resetConnections();
      case ABANDON -> levers.abandonConnections();
      case NOTHING -> {}
    }
  }

  /** Why a proxy carries nothing; to be asked where no fault is in force. */
  Optional<String> proxyFailure() {
    return surroundings.proxyFailure();
  }

  /** Ends its environments, and with them what its callers wait for. Thread-safe. */
  void abandon() {
    try {
      lambda.remove(function);
    } catch (IllegalStateException e) {
      // They were killed and are not gone yet; whoever closes this waits for them again.
      System.getLogger(FunctionUnderTest.class.getName())
          .log(System.Logger.Level.DEBUG, name() + ": " + e.getMessage());
    }
  }

  @Override
  public void release() {
    lambda.release(function);
  }

  @Override
  public void runFree() {
    function.setFreeze(Freeze.NEVER);
  }

  /** What the environment that served the first fault holds now; empty when it is gone. */
  @Override
  public Optional<Levels> levelsNow() {
    int wanted = recorder.environmentOf(Phase.FAULT);
    return function.environments().stream()
        .filter(environment -> environment.id().number() == wanted)
        .findFirst()
        .flatMap(recorder::levelsNow);
  }

  @Override
  public void close() {
    lambda.remove(function);
    surroundings.close();
  }
}
