package io.leakguard.chaos.fault;

import eu.rekawek.toxiproxy.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to disturb a Toxiproxy that others use too: a proxy of a fixed name that is switched
 * off and whose upstream names the run and a number that rises with every heartbeat. Whoever looks
 * at the server sees it, the next run as well as the container that resets the server when the
 * number has stopped. Thread-safe.
 */
final class Lease implements AutoCloseable {
  /** The same in {@code staging/lease.sh}. */
  static final String NAME = "leakguard-lease";

  /** A port nobody listens on for long: the proxy is switched off at once. */
  private static final String ANY_PORT = "127.0.0.1:0";

  /** So many heartbeats may be lost before the server may have been reset. */
  private static final int LOST = 3;

  /** A port number, since the field is an address. */
  private static final int LARGEST = 60_000;

  private final ControlPlane control;
  private final Duration heartbeat;
  private final String run = "run-" + UUID.randomUUID().toString().substring(0, 8);
  private final Thread thread = new Thread(this::beat, "toxiproxy-lease");
  private volatile String failure;
  private int beats;

  private Lease(ControlPlane control, Duration heartbeat) {
    this.control = control;
    this.heartbeat = heartbeat;
  }

  /** The holder as the server tells it; empty when there is none. */
  static Optional<String> holder(ControlPlane control) {
    return control
        .call("tell who uses it", client -> Optional.ofNullable(client.getProxyOrNull(NAME)))
        .map(Proxy::getUpstream);
  }

  /** The run in what a server tells of a holder. */
  static String runOf(String holder) {
    return holder.replaceFirst(":\\d+$", "");
  }

  /** Removes the lease of a run that is gone. */
  static void remove(ControlPlane control) {
    control.call(
        "remove a lease",
        client -> {
          client.getProxy(NAME).delete();
          return NAME;
        });
  }

  /**
   * Takes it and keeps it.
   *
   * @throws FaultException when another run was faster
   */
  static Lease take(URI server, Duration heartbeat) {
    ControlPlane control = new ControlPlane(server.getHost(), server.getPort());
    Lease lease = new Lease(control, heartbeat);
    try {
      control.call(
          "give a lease",
          client -> {
            Proxy proxy = client.createProxy(NAME, ANY_PORT, lease.run + ":0");
            proxy.disable();
            return proxy;
          });
    } catch (FaultException e) {
      control.close();
      throw e;
    }
    lease.thread.setDaemon(true);
    lease.thread.start();
    return lease;
  }

  /** The name of the run. */
  String run() {
    return run;
  }

  private void beat() {
    int lost = 0;
    try {
      while (failure == null) {
        Thread.sleep(heartbeat.toMillis());
        lost = renew() ? 0 : lost + 1;
        if (lost >= LOST) {
          failure = "its lease on Toxiproxy could not be renewed for so long that it has expired";
        }
      }
    } catch (InterruptedException e) {
      // It was given back.
      Thread.currentThread().interrupt();
    }
  }

  private boolean renew() {
    beats = beats % LARGEST + 1;
    try {
      String held =
          control.call(
              "renew a lease",
              client -> {
                Proxy proxy = client.getProxyOrNull(NAME);
                if (proxy == null || !runOf(proxy.getUpstream()).equals(run)) {
                  return "";
                }
                proxy.setUpstream(run + ":" + beats);
                return run;
              });
      if (held.isEmpty()) {
        failure = "its lease on Toxiproxy was taken away: the server was reset or restarted";
      }
      return true;
    } catch (FaultException e) {
      return false;
    }
  }

  /** Why it does not hold any more; empty while it does. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Stops renewing it; it is removed where the server answers, and expires where not. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (failure == null) {
        remove(control);
      }
    } finally {
      control.close();
    }
  }
}
