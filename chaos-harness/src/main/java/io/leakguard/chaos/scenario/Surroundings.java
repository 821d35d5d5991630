package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultProxy;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.upstream.Authority;
import io.leakguard.chaos.upstream.UpstreamStub;
import io.leakguard.chaos.upstream.UpstreamStub.Manner;
import io.leakguard.chaos.verdict.Course;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one function finds around it during one shape: for each upstream a stand-in or a real server
 * behind a proxy of its own, and one more stand-in for every host that it calls by a name of its
 * own. Nothing beyond this machine is reached unless the user named it. Not thread-safe.
 */
final class Surroundings implements AutoCloseable {
  private final List<UpstreamStub> stubs = new ArrayList<>();
  private final List<FaultProxy> proxies = new ArrayList<>();
  private final Map<String, InetSocketAddress> addresses = new HashMap<>();
  private final Set<Integer> ports = new HashSet<>();
  private final List<InetSocketAddress> carrying = new ArrayList<>();
  private final Map<FaultProxy, InetSocketAddress> realServers = new LinkedHashMap<>();
  private final List<String> jvmOptions = new ArrayList<>();
  private final Names names;
  private final Target target;
  private final ToxiproxyServer server;
  private final boolean direct;
  private boolean uncounted;
  private long probes;
  private long probedServers;

  Surroundings(Target target, Stage stage, ToxiproxyServer server, Setup setup) {
    this.target = target;
    this.server = server;
    this.direct = setup.direct();
    this.names = new Names(stage.folder());
    Authority authority = stage.authority();
    Manner manner = setup.tls() ? Manner.TLS : Manner.PLAIN;
    target
        .upstreams()
        .forEach(
            (variable, upstream) ->
                addresses.put(variable, place(upstream.backend(), stage, manner, authority)));
    InetSocketAddress elsewhere = place(Upstream.StandIn.DEFAULT, stage, Manner.PROXY, authority);
    jvmOptions.addAll(setup.options().jvmOptions());
    jvmOptions.addAll(names.jvmOptions(setup.named()));
    jvmOptions.addAll(authority.jvmOptions());
    jvmOptions.addAll(throughProxy(elsewhere));
  }

  private InetSocketAddress place(
      Upstream.Backend backend, Stage stage, Manner manner, Authority authority) {
    InetSocketAddress behind;
    if (backend instanceof Upstream.Real real) {
      behind = real.address();
    } else {
      String content = ((Upstream.StandIn) backend).content();
      UpstreamStub stub = new UpstreamStub(stage.loops(), content, manner, authority);
      stubs.add(stub);
      behind = stub.address();
    }
    InetSocketAddress address = direct ? behind : proxied(backend, behind);
    ports.add(address.getPort());
    uncounted |= direct && backend instanceof Upstream.Real;
    if (!direct && manner == Manner.PLAIN && backend instanceof Upstream.StandIn) {
      carrying.add(address);
    }
    return address;
  }

  private InetSocketAddress proxied(Upstream.Backend backend, InetSocketAddress behind) {
    String label = target.name().replaceAll("[^A-Za-z0-9-]", "-");
    FaultProxy proxy = server.proxy(proxies.size() + "-" + label, behind);
    proxies.add(proxy);
    if (backend instanceof Upstream.Real) {
      realServers.put(proxy, behind);
    }
    return proxy.address();
  }

  /** Both for both schemes: version 2.17 of the AWS SDK reads only those of HTTP. */
  private static List<String> throughProxy(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return List.of(
        "-Dhttp.proxyHost=" + host,
        "-Dhttp.proxyPort=" + address.getPort(),
        "-Dhttps.proxyHost=" + host,
        "-Dhttps.proxyPort=" + address.getPort(),
        "-Dhttp.nonProxyHosts=localhost|127.*|[::1]|" + Names.UPSTREAM);
  }

  List<UpstreamStub> stubs() {
    return stubs;
  }

  List<FaultProxy> proxies() {
    return proxies;
  }

  /**
   * Why a proxy carries nothing. Through those before a stub of plain HTTP a request is sent to
   * see; those before real servers are only connected to.
   */
  Optional<String> proxyFailure() {
    for (InetSocketAddress proxy : carrying) {
      Optional<String> failure = ProxyProbe.failure(proxy);
      if (failure.isPresent()) {
        return failure;
      }
      probes++;
    }
    for (Map.Entry<FaultProxy, InetSocketAddress> each : realServers.entrySet()) {
      Optional<String> failure = ProxyProbe.failureBefore(each.getValue(), each.getKey().address());
      if (failure.isPresent()) {
        return failure;
      }
      probedServers++;
    }
    return Optional.empty();
  }

  /** What of the function's calls has reached its upstreams so far. */
  Course.Calls calls() {
    return new Course.Calls(
        stubs.stream().mapToLong(UpstreamStub::requests).sum() - probes,
        stubs.stream().mapToLong(UpstreamStub::duplicates).sum(),
        connections());
  }

  private OptionalLong connections() {
    long sum = 0;
    for (FaultProxy proxy : realServers.keySet()) {
      OptionalLong connections = proxy.connections();
      if (connections.isEmpty()) {
        return connections;
      }
      sum += connections.getAsLong();
    }
    return uncounted ? OptionalLong.empty() : OptionalLong.of(Math.max(0, sum - probedServers));
  }

  Names names() {
    return names;
  }

  /** Where each upstream variable is to lead. */
  Map<String, InetSocketAddress> addresses() {
    return addresses;
  }

  /** The ports by which connections to upstreams are known. */
  Set<Integer> ports() {
    return ports;
  }

  List<String> jvmOptions() {
    return jvmOptions;
  }

  @Override
  public void close() {
    stubs.forEach(UpstreamStub::close);
  }
}
