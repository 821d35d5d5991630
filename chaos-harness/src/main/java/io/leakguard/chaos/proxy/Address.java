package io.leakguard.chaos.proxy;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Addresses as the API writes them: {@code host:port}. */
final class Address {
  private Address() {}

  /**
   * An address to listen at. No host means loopback here, not every interface as in the original.
   *
   * @throws ApiException when it is none, or not on loopback
   */
  static InetSocketAddress listen(String text) {
    InetSocketAddress address = text.isEmpty() ? loopback(0) : resolved(parse(text));
    if (address.isUnresolved()) {
      throw new ApiException(500, "listen tcp " + text + ": no such host");
    }
    if (!address.getAddress().isLoopbackAddress()) {
      throw new ApiException(
          400, "listen must be on loopback, the only place of the embedded proxy: " + text);
    }
    return address;
  }

  /**
   * An address to connect to, looked up when it is connected to.
   *
   * @throws ApiException when it is none
   */
  static InetSocketAddress upstream(String text) {
    return parse(text);
  }

  private static InetSocketAddress resolved(InetSocketAddress address) {
    return new InetSocketAddress(address.getHostString(), address.getPort());
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw new ApiException(500, "listen tcp: address " + text + ": too many colons in address");
    }
    int port = colon < 0 ? -1 : port(text.substring(colon + 1));
    if (port < 0 || port > 65_535) {
      throw new ApiException(
          500,
          "listen tcp: address "
              + text
              + (colon < 0 ? ": missing port in address" : ": invalid port"));
    }
    String name = host.isEmpty() ? InetAddress.getLoopbackAddress().getHostAddress() : host;
    return InetSocketAddress.createUnresolved(name, port);
  }

  private static int port(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Waits until nothing listens there any more: a listener that is closed lives on until its
   * selector has been asked once more. Waits a second at most, since the port may be taken by
   * others by then.
   */
  static void awaitFree(InetSocketAddress address) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (!isFree(address) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
    }
  }

  private static boolean isFree(InetSocketAddress address) {
    // Bound but not listening, so that no client can end up here.
    try (Socket probe = new Socket()) {
      probe.setReuseAddress(true);
      probe.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }
}
