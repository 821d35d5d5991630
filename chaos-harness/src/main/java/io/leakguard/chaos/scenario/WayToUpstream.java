package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultProxy;
import io.leakguard.chaos.upstream.UpstreamStub;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How a function gets to one upstream: to a stand-in or to a real server, through a proxy or not.
 * It knows how often it was gone. Not thread-safe, but for {@link #calls}.
 */
final class WayToUpstream {
  private final Optional<UpstreamStub> standIn;
  private final Optional<FaultProxy> proxy;
  private final InetSocketAddress end;
  private final boolean speaksHttp;
  private final AtomicLong probes = new AtomicLong();

  private WayToUpstream(
      Optional<UpstreamStub> standIn,
      Optional<FaultProxy> proxy,
      InetSocketAddress end,
      boolean speaksHttp) {
    this.standIn = standIn;
    this.proxy = proxy;
    this.end = end;
    this.speaksHttp = speaksHttp;
  }

  /**
   * To a stand-in.
   *
   * @param speaksHttp whether it answers a plain request
   */
  static WayToUpstream to(UpstreamStub standIn, Optional<FaultProxy> proxy, boolean speaksHttp) {
    return new WayToUpstream(Optional.of(standIn), proxy, standIn.address(), speaksHttp);
  }

  static WayToUpstream to(InetSocketAddress realServer, Optional<FaultProxy> proxy) {
    return new WayToUpstream(Optional.empty(), proxy, realServer, false);
  }

  /** Where the function connects to. */
  InetSocketAddress begin() {
    return proxy.map(FaultProxy::address).orElse(end);
  }

  Optional<UpstreamStub> standIn() {
    return standIn;
  }

  boolean isReal() {
    return standIn.isEmpty();
  }

  /**
   * Why its proxy carries nothing. To a stand-in of plain HTTP a request is sent to see; a real
   * server is only connected to.
   */
  Optional<String> failure() {
    if (proxy.isEmpty() || (!isReal() && !speaksHttp)) {
      return Optional.empty();
    }
    Optional<String> failure =
        isReal() ? ProxyProbe.failureBefore(end, begin()) : ProxyProbe.failure(begin());
    if (failure.isEmpty()) {
      probes.incrementAndGet();
    }
    return failure;
  }

  /**
   * The function's requests that a stand-in got, or its connections to a real server; empty where
   * nobody counts these.
   */
  OptionalLong calls() {
    if (standIn.isPresent()) {
      return OptionalLong.of(standIn.get().requests() - probes.get());
    }
    OptionalLong connections = proxy.map(FaultProxy::connections).orElse(OptionalLong.empty());
    return connections.isEmpty()
        ? connections
        : OptionalLong.of(Math.max(0, connections.getAsLong() - probes.get()));
  }
}
