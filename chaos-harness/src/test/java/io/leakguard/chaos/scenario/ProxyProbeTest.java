package io.leakguard.chaos.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

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
  void failure_nothingListens_saysSo() throws IOException {
    InetSocketAddress free;
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      free = (InetSocketAddress) server.getLocalSocketAddress();
    }
    assertThat(ProxyProbe.failure(free))
        .hasValueSatisfying(t -> assertThat(t).contains("carries nothing"));
  }
}
