package io.leakguard.chaos;

import io.leakguard.chaos.fault.ProxyChoice;
import picocli.CommandLine.Option;

/** Options that say which proxy stands between functions and upstreams. */
final class ProxyOptions {
  @Option(
      names = "--toxiproxy",
      paramLabel = "embedded|install|URL",
      description = {
        "embedded: the proxy of this program.",
        "install: a Toxiproxy server from the PATH, else built or downloaded once.",
        "URL: a server on this machine that runs already.",
        "Default: as install, and embedded where none can be had."
      })
  private String toxiproxy;

  /**
   * The proxy that the user wants.
   *
   * @throws UserError when the option says none
   */
  ProxyChoice choice() {
    if (toxiproxy == null) {
      return new ProxyChoice.Automatic();
    }
    try {
      return ProxyChoice.parse(toxiproxy);
    } catch (IllegalArgumentException e) {
      throw new UserError("--toxiproxy " + e.getMessage(), e);
    }
  }
}
