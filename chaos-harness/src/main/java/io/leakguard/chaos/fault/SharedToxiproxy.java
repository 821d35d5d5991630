package io.leakguard.chaos.fault;

import eu.rekawek.toxiproxy.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Toxiproxy before the upstreams of functions that are deployed. Its proxies stay, since they are
 * the functions' way to their upstreams; what is done to them is undone by {@link #close}, by a
 * shutdown hook, by the next run, or by whoever watches the {@link Lease}. Thread-safe.
 */
public final class SharedToxiproxy implements AutoCloseable {
  /** How often the lease is renewed. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private final URI server;
  private final Lease lease;
  private final List<Route> routes;
  private final Thread hook = new Thread(this::healLast, "toxiproxy-heal");
  private final Map<String, FaultProxy> proxies = new LinkedHashMap<>();
  private ControlPlane control;
  private boolean disturbed;
  private boolean closed;

  private SharedToxiproxy(URI server, Lease lease, List<Route> routes, ControlPlane control) {
    this.server = server;
    this.lease = lease;
    this.routes = List.copyOf(routes);
    this.control = control;
  }

  /**
   * Takes the lease, removes what a run that was killed has left, and finds or makes the proxies.
   *
   * @param server the address of its API
   * @param heartbeat how often the lease is renewed
   * @param notice told in one line what is found
   * @throws FaultException when it does not answer, or is in use, or a proxy leads elsewhere
   * @throws InterruptedException when interrupted while it looks whether another run lives
   */
  public static SharedToxiproxy connect(
      URI server, List<Route> routes, Duration heartbeat, Consumer<String> notice)
      throws InterruptedException {
    ControlPlane control = new ControlPlane(server.getHost(), server.getPort());
    SharedToxiproxy shared = null;
    try {
      requireAnswer(control, server);
      CarriedBytes.of(server);
      boolean stale = removeStaleLease(control, heartbeat, notice);
      shared = new SharedToxiproxy(server, Lease.take(server, heartbeat), routes, control);
      Runtime.getRuntime().addShutdownHook(shared.hook);
      shared.removeLeftovers(stale, notice);
      shared.find();
      return shared;
    } catch (FaultException | InterruptedException e) {
      if (shared == null) {
        control.close();
      } else {
        shared.close();
      }
      throw e;
    }
  }

  private static void requireAnswer(ControlPlane control, URI server) {
    try {
      control.call("tell its version", client -> client.version());
    } catch (FaultException e) {
      throw new FaultException("no Toxiproxy answers at " + server + ": " + e.getMessage(), e);
    }
  }

  private static boolean removeStaleLease(
      ControlPlane control, Duration heartbeat, Consumer<String> notice)
      throws InterruptedException {
    Optional<String> before = Lease.holder(control);
    if (before.isEmpty()) {
      return false;
    }
    String run = Lease.runOf(before.get());
    Duration patience = heartbeat.multipliedBy(5).dividedBy(2);
    notice.accept(
        "Toxiproxy has the lease of " + run + "; looking for " + words(patience) + " if it lives");
    Thread.sleep(patience.toMillis());
    Optional<String> after = Lease.holder(control);
    if (after.isPresent() && !after.equals(before)) {
      throw new FaultException(
          "another run uses this Toxiproxy: "
              + Lease.runOf(after.get())
              + "\nwait for its end: two runs would judge each other's faults");
    }
    if (after.isPresent()) {
      Lease.remove(control);
      notice.accept("the lease of " + run + " was left by a run that is gone: removed");
    }
    return true;
  }

  private static String words(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** Toxics by name; a proxy that is off only where a run was there that can have done it. */
  private void removeLeftovers(boolean stale, Consumer<String> notice) {
    List<Proxy> all = control.call("list its proxies", client -> client.getProxies());
    for (Proxy proxy : all) {
      if (!proxy.getName().equals(Lease.NAME)) {
        Route route = new Route(proxy.getName(), proxy.getListen(), proxy.getUpstream());
        removeLeftovers(route, stale, notice);
      }
    }
  }

  private void removeLeftovers(Route route, boolean stale, Consumer<String> notice) {
    FaultProxy proxy = found(route);
    List<String> wrong = proxy.disturbances();
    List<String> own = new ArrayList<>(wrong);
    own.removeIf(name -> !name.startsWith(FaultProxy.TOXIC) && !(stale && isOff(name)));
    boolean mine = routes.stream().anyMatch(each -> each.name().equals(route.name()));
    if (mine && own.size() < wrong.size()) {
      wrong.removeAll(own);
      throw new FaultException(
          "proxy '%s' must be undisturbed when a run begins, was: %s"
              .formatted(route.name(), String.join(", ", wrong)));
    }
    if (!own.isEmpty()) {
      proxy.heal();
      notice.accept(
          "proxy '%s': removed what an earlier run has left: %s"
              .formatted(route.name(), String.join(", ", own)));
    }
  }

  private static boolean isOff(String name) {
    return name.equals(FaultProxy.OFF);
  }

  private FaultProxy found(Route route) {
    return FaultProxy.found(control, route.name(), route.listening(), route.leading());
  }

  private void find() {
    routes.forEach(route -> proxies.put(route.name(), found(route)));
  }

  /**
   * Adds toxics to these proxies.
   *
   * @param reconnect whether open connections are closed first
   */
  public synchronized void disturb(
      Collection<String> names, List<Toxic> toxics, boolean reconnect) {
    for (FaultProxy proxy : opened(names)) {
      proxy.disturb(toxics);
      if (reconnect) {
        proxy.dropConnections();
      }
    }
  }

  /** Lets these proxies refuse connections. */
  public synchronized void refuse(Collection<String> names) {
    opened(names).forEach(FaultProxy::refuse);
  }

  private List<FaultProxy> opened(Collection<String> names) {
    requireHeld();
    disturbed = true;
    return names.stream().map(proxies::get).toList();
  }

  /**
   * Makes sure that what was done to these proxies has not been taken away meanwhile.
   *
   * @throws FaultException when it has
   */
  public synchronized void requireDisturbed(Collection<String> names) {
    requireHeld();
    for (String name : names) {
      if (proxies.get(name).disturbances().isEmpty()) {
        throw new FaultException("the fault of proxy '" + name + "' was taken away meanwhile");
      }
    }
  }

  private void requireHeld() {
    if (closed) {
      throw new FaultException("the run is over, and nothing is disturbed any more");
    }
    lease
        .failure()
        .ifPresent(
            failure -> {
              throw new FaultException(failure);
            });
  }

  /** Bytes that each proxy has carried in connections that are closed. */
  public Map<String, Long> carried() {
    return CarriedBytes.of(server);
  }

  /** Ends what was done to all proxies. */
  public synchronized void heal() {
    if (!disturbed) {
      return;
    }
    if (control.failure().isPresent()) {
      // A call that got no answer: another connection may, and deleting a proxy always does.
      control.close();
      control = new ControlPlane(server.getHost(), server.getPort());
      ControlPlane anew = control;
      proxies.replaceAll((name, proxy) -> proxy.over(anew));
    }
    proxies.values().forEach(FaultProxy::restore);
    disturbed = false;
  }

  private synchronized void healLast() {
    closed = true;
    heal();
    lease.close();
  }

  /**
   * Heals everything and gives the lease back. An interrupted thread does so too.
   *
   * @throws FaultException when it cannot be healed: the message says what to do
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      if (!closed) {
        healLast();
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook has run, or does.
      return;
    } catch (FaultException e) {
      throw new FaultException(
          "Toxiproxy could not be healed: "
              + e.getMessage()
              + "\nits lease expires and whoever watches it resets it; the next run does so too",
          e);
    } finally {
      control.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
