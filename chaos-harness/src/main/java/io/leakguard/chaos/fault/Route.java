package io.leakguard.chaos.fault;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy of a Toxiproxy that others use too.
 *
 * @param name the proxy's name there
 * @param listen {@code host:port} that it listens on, as its server sees it
 * @param upstream {@code host:port} that it leads to, as its server sees it
 */
public record Route(String name, String listen, String upstream) {
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.]*\\]|[A-Za-z0-9_.-]*):(\\d{1,5})");

  /** Checks the addresses. */
  public Route {
    address("listen", listen);
    address("upstream", upstream);
  }

  InetSocketAddress listening() {
    return address("listen", listen);
  }

  InetSocketAddress leading() {
    return address("upstream", upstream);
  }

  /** Not resolved: names are the server's. */
  private static InetSocketAddress address(String property, String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw new IllegalArgumentException(property + " must be host:port, was '" + text + "'");
    }
    return InetSocketAddress.createUnresolved(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }
}
