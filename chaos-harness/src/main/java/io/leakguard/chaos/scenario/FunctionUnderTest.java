package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.FaultProxy;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.lambda.Freeze;
import io.leakguard.chaos.lambda.FunctionOptions;
import io.leakguard.chaos.lambda.LocalFunction;
import io.leakguard.chaos.lambda.LocalLambda;
import io.leakguard.chaos.upstream.Answer;
import io.leakguard.chaos.upstream.UpstreamStub;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private boolean proxiesDisturbed;

  FunctionUnderTest(Target target, Stage stage, ToxiproxyServer server) {
    this.target = target;
    Map<String, InetSocketAddress> addresses = new HashMap<>();
    Set<Integer> ports = new HashSet<>();
    for (String upstream : target.upstreams().keySet()) {
      UpstreamStub stub = new UpstreamStub(stage.loops());
      stubs.add(stub);
      FaultProxy proxy = server.proxy(proxies.size() + "-" + label(target), stub.address());
      proxies.add(proxy);
      addresses.put(upstream, proxy.address());
      ports.add(proxy.address().getPort());
    }
    recorder = new Recorder(ports, this::upstreamRequests, () -> 0);
    lambda = stage.lambda();
    stage.watch(name(), recorder);
    function = lambda.deploy(target.redirected(addresses), FunctionOptions.DEFAULT);
    function.setIdleObserver((environment, invocations) -> recorder.idle(environment));
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

  void arm(Fault fault) {
    if (fault instanceof Fault.Disturb disturb) {
      proxiesDisturbed = true;
      for (FaultProxy proxy : proxies) {
        proxy.disturb(disturb.toxics());
        if (disturb.reconnect()) {
          proxy.dropConnections();
        }
      }
    } else if (fault instanceof Fault.Refuse) {
      proxiesDisturbed = true;
      proxies.forEach(FaultProxy::refuse);
    } else if (fault instanceof Fault.Answers answers) {
      stubs.forEach(stub -> stub.answer(answers.answer()));
    } else if (fault instanceof Fault.CloseWhileFrozen) {
      function.setFreeze(Freeze.AT_ONCE);
    } else if (fault instanceof Fault.FunctionTimeout limit) {
      function.setTimeout(limit.timeout());
    }
  }

  void disarm() {
    if (proxiesDisturbed) {
      proxies.forEach(FaultProxy::heal);
      proxiesDisturbed = false;
    }
    stubs.forEach(stub -> stub.answer(Answer.NORMAL));
    function.setFreeze(Freeze.AFTER_IDLE);
    function.setTimeout(target.config().timeout());
  }

  /** Waits for the freeze and closes the function's connections from the other side. */
  void closeConnectionsWhileFrozen() {
    if (!function.awaitFrozen(FREEZE_DEADLINE)) {
      throw new FaultException(
          name() + " was not frozen within " + FREEZE_DEADLINE.toSeconds() + " s");
    }
    stubs.forEach(UpstreamStub::closeConnections);
  }

  @Override
  public void close() {
    lambda.remove(function);
    stubs.forEach(UpstreamStub::close);
  }
}
