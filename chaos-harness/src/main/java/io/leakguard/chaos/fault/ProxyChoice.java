package io.leakguard.chaos.fault;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Which proxy stands between functions and upstreams: what {@code --toxiproxy} says. */
public sealed interface ProxyChoice {
  /** A real server when one can be had, else the embedded proxy. */
  record Automatic() implements ProxyChoice {}

  /** The embedded proxy. */
  record Embedded() implements ProxyChoice {}

  /** A real server, found or installed. */
  record Install() implements ProxyChoice {}

  /**
   * A server that runs already.
   *
   * @param address its API, on loopback
   */
  record Running(URI address) implements ProxyChoice {}

  /**
   * Reads the value of the option.
   *
   * @throws IllegalArgumentException saying what it must be
   */
  static ProxyChoice parse(String text) {
    return switch (text) {
      case "embedded" -> new Embedded();
      case "install" -> new Install();
      default -> running(text);
    };
  }

  private static ProxyChoice running(String text) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(rule(text), e);
    }
    if (!"http".equals(address.getScheme())
        || address.getHost() == null
        || address.getPort() < 1
        || address.getPort() > 65_535) {
      throw new IllegalArgumentException(rule(text));
    }
    if (!isLoopback(address.getHost())) {
      throw new IllegalArgumentException(
          "must be on this machine, because functions and upstreams are: " + text);
    }
    return new Running(address);
  }

  private static String rule(String text) {
    return "must be embedded, install, or an address like http://127.0.0.1:8474: " + text;
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
