package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.FaultProxy;
import io.leakguard.chaos.fault.Toxic;
import io.leakguard.chaos.lambda.CpuShare;
import io.leakguard.chaos.lambda.Freeze;
import io.leakguard.chaos.lambda.LocalFunction;
import io.leakguard.chaos.upstream.Answer;
import io.leakguard.chaos.upstream.Behaviour;
import io.leakguard.chaos.upstream.Handshake;
import io.leakguard.chaos.upstream.UpstreamStub;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** What faults can do to one function and its upstreams. Not thread-safe. */
final class Levers {
  private final LocalFunction function;
  private final List<UpstreamStub> stubs;
  private final List<FaultProxy> proxies;
  private final Names names;
  private boolean proxiesDisturbed;
  private boolean connectionsSpoiled;

  Levers(LocalFunction function, List<UpstreamStub> stubs, List<FaultProxy> proxies, Names names) {
    this.function = function;
    this.stubs = List.copyOf(stubs);
    this.proxies = List.copyOf(proxies);
    this.names = names;
  }

  void disturb(List<Toxic> toxics, boolean reconnect) {
    proxiesDisturbed = true;
    for (FaultProxy proxy : proxies) {
      proxy.disturb(toxics);
      if (reconnect) {
        proxy.dropConnections();
      }
    }
  }

  void refuse() {
    proxiesDisturbed = true;
    proxies.forEach(FaultProxy::refuse);
  }

  void behave(Behaviour behaviour) {
    connectionsSpoiled |= !(behaviour instanceof Answer);
    stubs.forEach(stub -> stub.behave(behaviour));
  }

  void swallow() {
    swallow(true);
  }

  private void swallow(boolean on) {
    try {
      stubs.forEach(stub -> stub.swallow(on));
    } catch (UncheckedIOException e) {
      throw new FaultException(e.getMessage() + ": " + e.getCause().getMessage());
    }
  }

  void forgetName() {
    names.forget();
    closeConnections();
  }

  void shake(Handshake handshake) {
    stubs.forEach(stub -> stub.shake(handshake));
    closeConnections();
    connectionsSpoiled = true;
  }

  void closeConnections() {
    stubs.forEach(UpstreamStub::closeConnections);
  }

  void resetConnections() {
    stubs.forEach(UpstreamStub::resetConnections);
  }

  void abandonConnections() {
    connectionsSpoiled = true;
    stubs.forEach(UpstreamStub::abandonConnections);
  }

  void freezeAtOnce() {
    function.setFreeze(Freeze.AT_ONCE);
  }

  void timeout(Duration timeout) {
    function.setTimeout(timeout);
  }

  void starve(CpuShare share) {
    function.setCpuShare(share);
  }

  void recycle() {
    function.recycle();
  }

  /** Ends every fault. */
  void release() {
    if (proxiesDisturbed) {
      proxies.forEach(FaultProxy::heal);
      proxiesDisturbed = false;
    }
    swallow(false);
    names.remember();
    for (UpstreamStub stub : stubs) {
      stub.behave(Answer.NORMAL);
      stub.shake(Handshake.NORMAL);
    }
    if (connectionsSpoiled) {
      // As when a proxy is healed: what is stuck in them would be stuck for good.
      closeConnections();
      connectionsSpoiled = false;
    }
    function.setFreeze(Freeze.AFTER_IDLE);
    function.setTimeout(function.config().timeout());
    function.setCpuShare(function.config().cpuShare().orElse(null));
  }
}
