package io.leakguard.chaos.fault;

import io.leakguard.chaos.process.Supervisor;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where the proxies of a run come from. Thread-safe.
 *
 * @param description for reports: which proxy it is
 */
public record ProxySource(String description, Function<Supervisor, ToxiproxyServer> starter) {
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
    return new ProxySource("embedded", supervisor -> ToxiproxyServer.embedded(seed));
  }

  private static ProxySource installed(ToxiproxyBinary binary) {
    return new ProxySource(
        "toxiproxy " + ToxiproxyBinary.VERSION + " (" + binary.source() + ")",
        supervisor -> ToxiproxyServer.start(supervisor, binary.program()));
  }

  private static ProxySource running(URI address) {
    try (ToxiproxyServer probe = ToxiproxyServer.at(address)) {
      return new ProxySource(
          "toxiproxy " + probe.version() + " (at " + address + ")",
          supervisor -> ToxiproxyServer.at(address));
    } catch (FaultException e) {
      throw new FaultException(
          "no Toxiproxy server: nothing answers as one at "
              + address
              + " (--toxiproxy)\nstart one there, or leave the option out: one is then found, or"
              + " the embedded proxy used",
          e);
    }
  }

  /**
   * Starts a server, or finds the one that runs.
   *
   * @throws FaultException when it does not answer
   */
  public ToxiproxyServer start(Supervisor supervisor) {
    return starter.apply(supervisor);
  }
}
