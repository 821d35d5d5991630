package io.leakguard.chaos.fault;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A proxy between one function and one upstream. Its address stays the same for life. Not
 * thread-safe: one scenario drives it.
 */
public final class FaultProxy implements AutoCloseable {
  private final ControlPlane control;
  private final Supplier<OptionalLong> connections;
  private final String name;
  private final InetSocketAddress listen;
  private final InetSocketAddress upstream;
  private Proxy proxy;

  FaultProxy(
      ControlPlane control,
      Supplier<OptionalLong> connections,
      String name,
      InetSocketAddress listen,
      InetSocketAddress upstream) {
    this.control = control;
    this.connections = connections;
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    this.proxy = create();
  }

  private Proxy create() {
    return control.call(
        "create proxy " + name, client -> client.createProxy(name, text(listen), text(upstream)));
  }

  /** Where the function connects to. */
  public InetSocketAddress address() {
    return listen;
  }

  /**
   * How many connections it has made to the upstream so far; empty on a server that does not count
   * them, as Toxiproxy does not.
   */
  public OptionalLong connections() {
    return connections.get();
  }

  /**
   * Adds toxics; connections that are open are disturbed from now on.
   *
   * @throws FaultException when the server does not do it
   */
  public void disturb(List<Toxic> toxics) {
    for (Toxic toxic : toxics) {
      control.call("add " + toxic, client -> add(toxic));
    }
  }

  private Object add(Toxic toxic) throws IOException {
    ToxicDirection side = ToxicDirection.DOWNSTREAM;
    if (toxic instanceof Toxic.Latency latency) {
      return proxy
          .toxics()
          .latency("latency", side, latency.latency().toMillis())
          .setJitter(latency.jitter().toMillis());
    }
    if (toxic instanceof Toxic.Hang) {
      return proxy.toxics().timeout("hang", side, 0);
    }
    if (toxic instanceof Toxic.ResetPeer) {
      return proxy.toxics().resetPeer("reset", side, 0);
    }
    return proxy.toxics().limitData("limit", side, ((Toxic.LimitData) toxic).bytes());
  }

  /** Closes the listener and every open connection: new ones are refused. */
  public void refuse() {
    control.call(
        "disable " + name,
        client -> {
          proxy.disable();
          return proxy;
        });
  }

  /** Closes every open connection and accepts new ones. */
  public void dropConnections() {
    refuse();
    control.call(
        "enable " + name,
        client -> {
          proxy.enable();
          return proxy;
        });
  }

  /**
   * Ends every fault. The proxy is made anew on the same port rather than mended, because removing
   * a toxic under a reader that is stuck blocks the whole server; deleting never does. Open
   * connections are closed.
   */
  public void heal() {
    delete();
    proxy = create();
  }

  private void delete() {
    control.call(
        "delete " + name,
        client -> {
          proxy.delete();
          return proxy;
        });
  }

  /** Takes the proxy off the server, which may be one that goes on living. */
  @Override
  public void close() {
    delete();
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
