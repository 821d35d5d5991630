package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.FaultProxy;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.lambda.FunctionOptions;
import io.leakguard.chaos.lambda.LocalFunction;
import io.leakguard.chaos.lambda.LocalLambda;
import io.leakguard.chaos.upstream.TlsKeys;
import io.leakguard.chaos.upstream.UpstreamStub;
import io.leakguard.chaos.verdict.Levels;
import io.leakguard.chaos.verdict.Phase;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One function during one shape, with an upstream and a proxy of its own for each of its upstream
 * variables, so that functions played side by side do not disturb each other. Not thread-safe.
 */
final class FunctionUnderTest implements AutoCloseable {
  /** A freeze takes a millisecond; the rest is room for a busy machine. */
  private static final Duration FREEZE_DEADLINE = Duration.ofSeconds(10);

  private final Target target;
  private final List<UpstreamStub> stubs = new ArrayList<>();
  private final List<FaultProxy> proxies = new ArrayList<>();
  private final Recorder recorder;
  private final LocalLambda lambda;
  private final LocalFunction function;
  private final Levers levers;

  FunctionUnderTest(Target target, Stage stage, ToxiproxyServer server, Setup setup) {
    this.target = target;
    Optional<TlsKeys> keys = setup.tls() ? Optional.of(stage.tlsKeys()) : Optional.empty();
    Optional<Names> names =
        setup.named() ? Optional.of(new Names(stage.folder())) : Optional.empty();
    Map<String, InetSocketAddress> addresses = new HashMap<>();
    Set<Integer> ports = new HashSet<>();
    for (String upstream : target.upstreams().keySet()) {
      UpstreamStub stub = new UpstreamStub(stage.loops(), keys.orElse(null));
      stubs.add(stub);
      InetSocketAddress address = setup.direct() ? stub.address() : proxied(server, stub);
      addresses.put(upstream, address);
      ports.add(address.getPort());
    }
    recorder = new Recorder(ports, this::upstreamRequests, this::upstreamDuplicates);
    lambda = stage.lambda();
    stage.watch(name(), recorder);
    List<String> jvmOptions = new ArrayList<>(setup.options().jvmOptions());
    names.ifPresent(hosts -> jvmOptions.addAll(hosts.jvmOptions()));
    keys.ifPresent(trusted -> jvmOptions.addAll(trusted.jvmOptions()));
    FunctionOptions options = setup.options().withJvmOptions(jvmOptions);
    function = lambda.deploy(target.redirected(addresses, setup), options);
    lookAgain();
    levers = new Levers(function, stubs, proxies, names);
  }

  private InetSocketAddress proxied(ToxiproxyServer server, UpstreamStub stub) {
    FaultProxy proxy = server.proxy(proxies.size() + "-" + label(target), stub.address());
    proxies.add(proxy);
    return proxy.address();
  }

  private static String label(Target target) {
    return target.name().replaceAll("[^A-Za-z0-9-]", "-");
  }

  String name() {
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

  /** Requests that its upstreams have received. */
  long upstreamRequests() {
    return stubs.stream().mapToLong(UpstreamStub::requests).sum();
  }

  /** Requests with an effect that its upstreams received again without having answered them. */
  long upstreamDuplicates() {
    return stubs.stream().mapToLong(UpstreamStub::duplicates).sum();
  }

  void arm(Fault fault) {
    fault.arm(levers);
  }

  void disarm() {
    levers.release();
  }

  /** Whether its threads or sockets rise in the fault phase, as far as it has got. */
  boolean grewInFault() {
    List<Levels> levels =
        recorder.phases().get(Phase.FAULT).samples().stream()
            .flatMap(sample -> sample.counted().stream())
            .toList();
    return levels.size() > 1
        && sum(levels.get(levels.size() - 1)) - sum(levels.get(0)) >= levels.size() / 2;
  }

  private static int sum(Levels levels) {
    return levels.threads() + levels.established() + levels.closeWait();
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
  void whileFrozen(LambdaFault.Frozen frozen) throws InterruptedException {
    if (!function.awaitFrozen(FREEZE_DEADLINE)) {
      throw new FaultException(
          name() + " was not frozen within " + FREEZE_DEADLINE.toSeconds() + " s");
    }
    switch (frozen.meanwhile()) {
      case CLOSE -> levers.closeConnections();
      case RESET -> levers.resetConnections();
      case ABANDON -> levers.abandonConnections();
      case NOTHING -> TimeUnit.NANOSECONDS.sleep(frozen.atLeast().toNanos());
    }
  }

  @Override
  public void close() {
    lambda.remove(function);
    stubs.forEach(UpstreamStub::close);
  }
}
