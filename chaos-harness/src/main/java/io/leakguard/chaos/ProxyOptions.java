package io.leakguard.chaos;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say which proxy stands between functions and upstreams. */
final class ProxyOptions {
  @Option(
      names = "--toxiproxy",
      paramLabel = "URL",
      description = "A Toxiproxy server on this machine that runs already.")
  private URI toxiproxy;

  /**
   * The server that the user names, if any.
   *
   * @throws UserError when it is not one on this machine
   */
  Optional<URI> choice() {
    if (toxiproxy == null) {
      return Optional.empty();
    }
    if (!"http".equals(toxiproxy.getScheme())
        || toxiproxy.getHost() == null
        || toxiproxy.getPort() < 1) {
      throw new UserError("--toxiproxy must be like http://127.0.0.1:8474: " + toxiproxy);
    }
    if (!isLoopback(toxiproxy.getHost())) {
      throw new UserError(
          "--toxiproxy must be on this machine, because functions and upstreams are: " + toxiproxy);
    }
    return Optional.of(toxiproxy);
  }

  private static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
