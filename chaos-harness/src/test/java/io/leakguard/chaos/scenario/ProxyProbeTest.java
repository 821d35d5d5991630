package io.leakguard.chaos.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.fault.ToxiproxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ProxyProbeTest {
  private static Optional<String> probe(String answer) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> serving =
          CompletableFuture.runAsync(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read();
                  socket.getOutputStream().write(answer.getBytes(US_ASCII));
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      Optional<String> failure =
          ProxyProbe.failure((InetSocketAddress) server.getLocalSocketAddress());
      serving.join();
      return failure;
    }
  }

  @Test
  void failure_proxyThatCarries_isNone() throws IOException {
    assertThat(probe("HTTP/1.1 200 OK\r\n\r\n")).isEmpty();
  }

  @Test
  void failureBefore_serverThatWaitsForTheFirstWord_isNoneAndGetsNoByte() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertThat(throughProxy((InetSocketAddress) server.getLocalSocketAddress())).isEmpty();
      try (Socket seen = server.accept()) {
        seen.setSoTimeout(5_000);
        assertThat(seen.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void failureBefore_serverThatIsGone_saysWhich() throws IOException {
    InetSocketAddress gone;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      gone = (InetSocketAddress) server.getLocalSocketAddress();
    }
    assertThat(throughProxy(gone))
        .contains(
            "the real server at %s:%d (--upstream) takes no connections"
                .formatted(gone.getHostString(), gone.getPort()));
  }

  private static Optional<String> throughProxy(InetSocketAddress server) {
    try (ToxiproxyServer proxies = ToxiproxyServer.embedded(1)) {
      return ProxyProbe.failureBefore(server, proxies.proxy("test", server).address());
    }
  }

  @Test
  void failure_nothingListens_saysSo() throws IOException {
    InetSocketAddress free;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      free = (InetSocketAddress) server.getLocalSocketAddress();
    }
    assertThat(ProxyProbe.failure(free))
        .hasValueSatisfying(t -> assertThat(t).contains("carries nothing"));
  }
}
