package io.leakguard.chaos.fault;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A proxy between one function and one upstream. Its address stays the same for life. Not
 * thread-safe: one scenario drives it.
 */
public final class FaultProxy implements AutoCloseable {
  /** What the names of all toxics begin with: a server of the user's may have others. */
  static final String TOXIC = "leakguard-";

  /** It has been told to refuse connections. */
  static final String OFF = "off";

  private final ControlPlane control;
  private final Supplier<OptionalLong> connections;
  private final String name;
  private final InetSocketAddress listen;
  private final InetSocketAddress upstream;
  private Proxy proxy;

  private FaultProxy(
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
  }

  /** A proxy that is made now. */
  static FaultProxy made(
      ControlPlane control,
      Supplier<OptionalLong> connections,
      String name,
      InetSocketAddress listen,
      InetSocketAddress upstream) {
    FaultProxy made = new FaultProxy(control, connections, name, listen, upstream);
    made.proxy = made.create();
    return made;
  }

  /**
   * A proxy that is there already, or is made now.
   *
   * @throws FaultException when there is one of that name that leads elsewhere
   */
  static FaultProxy found(
      ControlPlane control, String name, InetSocketAddress listen, InetSocketAddress upstream) {
    FaultProxy found = new FaultProxy(control, OptionalLong::empty, name, listen, upstream);
    Proxy there = control.call("find proxy " + name, client -> client.getProxyOrNull(name));
    if (there == null) {
      found.proxy = found.create();
      return found;
    }
    if (!there.getUpstream().equals(text(upstream))) {
      throw new FaultException(
          "proxy '%s' must lead to %s, leads to %s"
              .formatted(name, text(upstream), there.getUpstream()));
    }
    found.proxy = there;
    return found;
  }

  /** The same proxy, by another way to its server: one call without answer ends all others. */
  FaultProxy over(ControlPlane other) {
    FaultProxy same = new FaultProxy(other, connections, name, listen, upstream);
    same.proxy = proxy;
    return same;
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
          .latency(TOXIC + "latency", side, latency.latency().toMillis())
          .setJitter(latency.jitter().toMillis());
    }
    if (toxic instanceof Toxic.Hang) {
      return proxy.toxics().timeout(TOXIC + "hang", side, 0);
    }
    if (toxic instanceof Toxic.ResetPeer) {
      return proxy.toxics().resetPeer(TOXIC + "reset", side, 0);
    }
    return proxy.toxics().limitData(TOXIC + "limit", side, ((Toxic.LimitData) toxic).bytes());
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

  /** As {@link #heal}, also where the server has lost the proxy. */
  void restore() {
    try {
      delete();
    } catch (FaultException e) {
      // What matters is that it can be made: with a server that does not answer it cannot.
      System.getLogger(FaultProxy.class.getName())
          .log(System.Logger.Level.DEBUG, "not deleted: " + e.getMessage());
    }
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

  /** What is wrong with it now, as names of toxics, or that it is off; empty when nothing is. */
  List<String> disturbances() {
    return control.call(
        "tell about " + name,
        client -> {
          Proxy now = client.getProxy(name);
          List<String> wrong = new ArrayList<>();
          if (!now.isEnabled()) {
            wrong.add(OFF);
          }
          now.toxics().getAll().forEach(toxic -> wrong.add(toxic.getName()));
          return wrong;
        });
  }

  /** Takes the proxy off the server, which may be one that goes on living. */
  @Override
  public void close() {
    delete();
  }

  private static String text(InetSocketAddress address) {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return host + ":" + address.getPort();
  }
}
