package io.leakguard.chaos.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends a request through a proxy that is to carry it: in a phase without fault a proxy that does
 * not would make every function look bad, or, worse, leave a fault phase without its fault's end.
 */
final class ProxyProbe {
  /** A round trip takes a millisecond; the rest is room for a busy machine. */
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(10).toMillis();

  private static final byte[] REQUEST =
      "HEAD /leakguard-probe HTTP/1.1\r\nHost: leakguard\r\nConnection: close\r\n\r\n"
          .getBytes(US_ASCII);

  private ProxyProbe() {}

  /** Why the proxy carries nothing; empty when it does. */
  static Optional<String> failure(InetSocketAddress proxy) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(proxy, PATIENCE_MILLIS);
      socket.getOutputStream().write(REQUEST);
      return socket.getInputStream().read() >= 0
          ? Optional.empty()
          : Optional.of("the proxy at " + proxy + " closed the connection without a byte");
    } catch (IOException e) {
      return Optional.of("the proxy at " + proxy + " carries nothing: " + e.getMessage());
    }
  }
}
