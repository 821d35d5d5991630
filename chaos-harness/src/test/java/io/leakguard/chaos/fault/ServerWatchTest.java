package io.leakguard.chaos.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A control plane that accepts and never answers, from the start or from some moment on. */
class ServerWatchTest {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
  private ServerSocket silent;

  @BeforeEach
  void listen() throws IOException {
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    silent.close();
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort());
  }

  @Test
  void watch_serverThatStopsAnswering_isToldOnce() throws Exception {
    try (ServerWatch watch = ServerWatch.start(address(), SOON, PATIENCE, failures::add)) {
      try (Socket first = silent.accept()) {
        first.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
      }
      assertThat(failures.poll(10, TimeUnit.SECONDS))
          .isEqualTo("the toxiproxy server stopped answering: nothing within 1 s");
      assertThat(watch).isNotNull();
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void watch_serverThatIsGone_isTold() throws Exception {
    silent.close();
    try (ServerWatch watch = ServerWatch.start(address(), SOON, PATIENCE, failures::add)) {
      assertThat(failures.poll(10, TimeUnit.SECONDS)).contains("is gone: Connection refused");
      assertThat(watch).isNotNull();
    }
  }

  @Test
  @Timeout(20)
  void at_serverThatNeverAnswers_isGivenUp() {
    URI api = URI.create("http://127.0.0.1:" + silent.getLocalPort());
    assertThatThrownBy(() -> ToxiproxyServer.at(api))
        .isInstanceOf(FaultException.class)
        .hasMessage("toxiproxy did not tell its version within 5 s");
  }

  @Test
  @Timeout(20)
  void whenItFails_serverOfTheUsersThatEnds_isToldOnce() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    CompletableFuture<Void> asked = CompletableFuture.runAsync(this::tellVersionOnce);
    URI api = URI.create("http://127.0.0.1:" + silent.getLocalPort());
    try (ToxiproxyServer server = ToxiproxyServer.at(api)) {
      server.whenItFails(() -> told.add(server.failure().orElse("nothing")));
      asked.join();
      silent.close();
      assertThat(told.poll(15, TimeUnit.SECONDS)).startsWith("the toxiproxy server is gone: ");
    }
    assertThat(told).isEmpty();
    assertThat(new ProxySource("", one -> null, Optional.of(api)).lost())
        .contains("the toxiproxy server at " + api + " does not answer (--toxiproxy)");
  }

  private void tellVersionOnce() {
    try (Socket socket = silent.accept()) {
      socket
          .getOutputStream()
          .write(
              """
              HTTP/1.1 200 OK\r
              Content-Length: 21\r
              \r
              {"version": "2.12.0"}\
              """
                  .getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void call_afterTheServerFailed_failsAtOnceWithTheSameReason() {
    try (ControlPlane control = new ControlPlane("127.0.0.1", silent.getLocalPort())) {
      control.fail("it hangs");
      control.fail("something else");
      long before = System.nanoTime();
      assertThatThrownBy(() -> control.call("tell its version", client -> client.version()))
          .isInstanceOf(FaultException.class)
          .hasMessage("it hangs");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }
  }
}
