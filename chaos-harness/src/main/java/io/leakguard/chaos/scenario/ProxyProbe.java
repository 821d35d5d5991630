package io.leakguard.chaos.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends a request through a proxy that is to carry it: in a phase without fault a proxy that does
 * not would make every function look bad, or, worse, leave a fault phase without its fault's end.
 */
final class ProxyProbe {
  /** A round trip takes a millisecond; the rest is room for a busy machine. */
  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(5).toMillis();

  private static final byte[] REQUEST =
      "HEAD /leakguard-probe HTTP/1.1\r\nHost: leakguard\r\nConnection: close\r\n\r\n"
          .getBytes(US_ASCII);

  /** A server that cannot be connected to shows within a millisecond, on this machine. */
  private static final int CLOSED_WITHIN_MILLIS = 100;

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

  /**
   * Why a proxy before a real server carries nothing; empty when it does, as far as a connection
   * shows that no byte is sent over: the server is the user's, and does not speak HTTP as a rule.
   */
  static Optional<String> failureBefore(InetSocketAddress server, InetSocketAddress proxy) {
    try (Socket socket = new Socket()) {
      socket.connect(proxy, PATIENCE_MILLIS);
      socket.setSoTimeout(CLOSED_WITHIN_MILLIS);
      return socket.getInputStream().read() >= 0 ? Optional.empty() : unreachable(server);
    } catch (SocketTimeoutException e) {
      // It waits for the first word, as most servers do.
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("the proxy at " + proxy + " carries nothing: " + e.getMessage());
    }
  }

  private static Optional<String> unreachable(InetSocketAddress server) {
    return Optional.of(
        "the real server at %s:%d (--upstream) takes no connections"
            .formatted(server.getHostString(), server.getPort()));
  }
}
