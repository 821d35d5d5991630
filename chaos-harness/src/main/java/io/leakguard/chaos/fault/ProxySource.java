package io.leakguard.chaos.fault;

import io.leakguard.chaos.process.Supervisor;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where the proxies of a run come from. Thread-safe.
 *
 * @param description for reports: which proxy it is
 * @param starter starts a server, or finds the one that runs
 * @param usersOwn where the server listens that the user runs; empty where the run starts its own
 */
public record ProxySource(
    String description, Function<Supervisor, ToxiproxyServer> starter, Optional<URI> usersOwn) {
  private static final String EMBEDDED = "embedded";

  /**
   * Finds, gets or probes what was chosen.
   *
   * @param cache the folder in which a server program is kept
   * @param seed what is random about the embedded proxy's toxics follows from it
   * @param notice told in one line when something takes long or another proxy is used
   * @throws FaultException when it cannot be had, with what to do
   */
  public static ProxySource of(ProxyChoice choice, Path cache, long seed, Consumer<String> notice) {
    if (choice instanceof ProxyChoice.Embedded) {
      return embedded(seed);
    }
    if (choice instanceof ProxyChoice.Running running) {
      return running(running.address());
    }
    try {
      return installed(ToxiproxyBinary.acquire(cache, notice));
    } catch (FaultException e) {
      if (choice instanceof ProxyChoice.Install || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      String reasons = e.getMessage().lines().findFirst().orElseThrow();
      notice.accept(reasons + "; the embedded proxy is used");
      return embedded(seed);
    }
  }

  private static ProxySource embedded(long seed) {
    return new ProxySource(
        EMBEDDED, supervisor -> ToxiproxyServer.embedded(seed), Optional.empty());
  }

  private static ProxySource installed(ToxiproxyBinary binary) {
    return new ProxySource(
        "toxiproxy " + ToxiproxyBinary.VERSION + " (" + binary.source() + ")",
        supervisor -> ToxiproxyServer.start(supervisor, binary.program()),
        Optional.empty());
  }

  private static ProxySource running(URI address) {
    try (ToxiproxyServer probe = ToxiproxyServer.at(address)) {
      return new ProxySource(
          "toxiproxy " + probe.version() + " (at " + address + ")",
          supervisor -> ToxiproxyServer.at(address),
          Optional.of(address));
    } catch (FaultException e) {
      throw new FaultException(
          "no Toxiproxy server: nothing answers as one at "
              + address
              + " (--toxiproxy)\nstart one there, or leave the option out: one is then found, or"
              + " the embedded proxy used",
          e);
    }
  }

  /** Whether its proxies count the connections that they make. */
  public boolean counts() {
    return description.equals(EMBEDDED);
  }

  /**
   * Starts a server, or finds the one that runs.
   *
   * @throws FaultException when it does not answer
   */
  public ToxiproxyServer start(Supervisor supervisor) {
    return starter.apply(supervisor);
  }

  /**
   * Why no server can be had any more: the one that the user runs does not answer. Others are
   * started anew for each scenario.
   */
  public Optional<String> lost() {
    return usersOwn.flatMap(ProxySource::silent);
  }

  private static Optional<String> silent(URI address) {
    try (ToxiproxyServer server = ToxiproxyServer.at(address)) {
      server.version();
      return Optional.empty();
    } catch (FaultException e) {
      return Optional.of("the toxiproxy server at " + address + " does not answer (--toxiproxy)");
    }
  }
}
