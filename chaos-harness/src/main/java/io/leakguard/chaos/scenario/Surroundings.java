package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultProxy;
import io.leakguard.chaos.fault.ToxiproxyServer;
import io.leakguard.chaos.upstream.Authority;
import io.leakguard.chaos.upstream.UpstreamStub;
import io.leakguard.chaos.upstream.UpstreamStub.Manner;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    InetSocketAddress address = direct ? behind : proxied(behind);
    ports.add(address.getPort());
    if (!direct && manner == Manner.PLAIN && backend instanceof Upstream.StandIn) {
      carrying.add(address);
    }
    return address;
  }

  private InetSocketAddress proxied(InetSocketAddress behind) {
    String label = target.name().replaceAll("[^A-Za-z0-9-]", "-");
    FaultProxy proxy = server.proxy(proxies.size() + "-" + label, behind);
    proxies.add(proxy);
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

  /** The proxies before a stub of plain HTTP: a request may be sent through them to see. */
  List<InetSocketAddress> carrying() {
    return carrying;
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
