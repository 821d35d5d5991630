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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one function finds around it during one shape: for each upstream a stand-in or a real server
 * behind a proxy of its own, and one more stand-in for every host that it calls by a name of its
 * own. Nothing beyond this machine is reached unless the user named it. Not thread-safe.
 */
final class Surroundings implements AutoCloseable {
  private final Map<String, WayToUpstream> ways = new LinkedHashMap<>();
  private final WayToUpstream elsewhere;
  private final List<FaultProxy> proxies = new ArrayList<>();
  private final List<String> jvmOptions = new ArrayList<>();
  private final Names names;
  private final Target target;
  private final ToxiproxyServer server;
  private final boolean direct;

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
                ways.put(variable, way(upstream.backend(), stage, manner, authority)));
    elsewhere = way(Upstream.StandIn.DEFAULT, stage, Manner.PROXY, authority);
    jvmOptions.addAll(setup.options().jvmOptions());
    jvmOptions.addAll(names.jvmOptions(setup.named()));
    jvmOptions.addAll(authority.jvmOptions());
    jvmOptions.addAll(throughProxy(elsewhere.begin()));
  }

  private WayToUpstream way(
      Upstream.Backend backend, Stage stage, Manner manner, Authority authority) {
    if (backend instanceof Upstream.Real real) {
      return WayToUpstream.to(real.address(), proxied(real.address()));
    }
    String content = ((Upstream.StandIn) backend).content();
    UpstreamStub stub = new UpstreamStub(stage.loops(), content, manner, authority);
    return WayToUpstream.to(stub, proxied(stub.address()), manner == Manner.PLAIN);
  }

  private Optional<FaultProxy> proxied(InetSocketAddress behind) {
    if (direct) {
      return Optional.empty();
    }
    String label = target.name().replaceAll("[^A-Za-z0-9-]", "-");
    FaultProxy proxy = server.proxy(proxies.size() + "-" + label, behind);
    proxies.add(proxy);
    return Optional.of(proxy);
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

  private Stream<WayToUpstream> all() {
    return Stream.concat(ways.values().stream(), Stream.of(elsewhere));
  }

  List<UpstreamStub> stubs() {
    return all().flatMap(way -> way.standIn().stream()).toList();
  }

  List<FaultProxy> proxies() {
    return proxies;
  }

  /** Why a proxy carries nothing; empty when all do. */
  Optional<String> proxyFailure() {
    return all().map(WayToUpstream::failure).flatMap(Optional::stream).findFirst();
  }

  /** What of the function's calls has reached its upstreams so far. */
  Course.Calls calls() {
    Map<String, Long> byVariable = new HashMap<>();
    ways.forEach((variable, way) -> way.calls().ifPresent(n -> byVariable.put(variable, n)));
    return new Course.Calls(
        sum(all().filter(way -> !way.isReal()).toList()).orElseThrow(),
        stubs().stream().mapToLong(UpstreamStub::duplicates).sum(),
        sum(all().filter(WayToUpstream::isReal).toList()),
        byVariable);
  }

  /** Empty where one is not known. */
  private static OptionalLong sum(List<WayToUpstream> some) {
    return some.stream().allMatch(way -> way.calls().isPresent())
        ? OptionalLong.of(some.stream().mapToLong(way -> way.calls().orElseThrow()).sum())
        : OptionalLong.empty();
  }

  Names names() {
    return names;
  }

  /** Where each upstream variable is to lead. */
  Map<String, InetSocketAddress> addresses() {
    Map<String, InetSocketAddress> addresses = new HashMap<>();
    ways.forEach((variable, way) -> addresses.put(variable, way.begin()));
    return addresses;
  }

  /** The ports by which connections to upstreams are known. */
  Set<Integer> ports() {
    return all().map(way -> way.begin().getPort()).collect(Collectors.toSet());
  }

  List<String> jvmOptions() {
    return jvmOptions;
  }

  @Override
  public void close() {
    stubs().forEach(UpstreamStub::close);
  }
}
