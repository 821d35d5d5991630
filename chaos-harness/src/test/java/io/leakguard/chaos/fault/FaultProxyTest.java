package io.leakguard.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.chaos.process.Supervisor;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the real server, where one can be had, and against the embedded proxy. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"toxiproxy", "embedded"})
class FaultProxyTest {
  private static Supervisor supervisor;
  private static Path cache;

  @Parameter private String kind;

  private ToxiproxyServer server;
  private FaultProxy proxy;
  private ServerSocket upstream;

  @BeforeAll
  static void begin() {
    supervisor = Supervisor.start();
    Map<String, String> environment = System.getenv();
    String base = environment.getOrDefault("XDG_CACHE_HOME", environment.get("HOME") + "/.cache");
    cache = Path.of(base, "leakguard");
  }

  private ToxiproxyServer startServer() {
    if (kind.equals("embedded")) {
      return ToxiproxyServer.embedded(1);
    }
    try {
      return ToxiproxyServer.start(
          supervisor, ToxiproxyBinary.acquire(cache, System.err::println).program());
    } catch (FaultException e) {
      return Assumptions.abort("not run on the real server: " + e.getMessage());
    }
  }

  @AfterAll
  static void end() {
    supervisor.close();
  }

  @BeforeEach
  void start() throws IOException {
    upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread echo = new Thread(this::greetEach, "greeter");
    echo.setDaemon(true);
    echo.start();
    server = startServer();
    proxy =
        server.proxy(
            "test", new InetSocketAddress(upstream.getInetAddress(), upstream.getLocalPort()));
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    upstream.close();
  }

  /** Greets each connection with ten bytes, and once more for each byte received. */
  private void greetEach() {
    while (!upstream.isClosed()) {
      try {
        Socket socket = upstream.accept();
        Thread greeter = new Thread(() -> greet(socket), "greeting");
        greeter.setDaemon(true);
        greeter.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void greet(Socket socket) {
    try (socket) {
      do {
        socket.getOutputStream().write("0123456789".getBytes(UTF_8));
      } while (socket.getInputStream().read() >= 0);
    } catch (IOException e) {
      // The fault under test.
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(5_000);
    socket.connect(proxy.address(), 2_000);
    return socket;
  }

  private static String greeting(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(10), UTF_8);
  }

  @Test
  void undisturbed_passesBytes() throws IOException {
    try (Socket socket = connect()) {
      assertThat(greeting(socket)).isEqualTo("0123456789");
    }
  }

  @Test
  void latency_delaysOpenConnections() throws IOException {
    try (Socket socket = connect()) {
      greeting(socket);
      proxy.disturb(List.of(new Toxic.Latency(Duration.ofMillis(400), Duration.ZERO)));
      long start = System.nanoTime();
      socket.getOutputStream().write(1);
      greeting(socket);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
    }
  }

  @Test
  void hang_acceptsAndNeverAnswers_untilHealed() throws IOException {
    proxy.disturb(List.of(new Toxic.Hang()));
    try (Socket socket = connect()) {
      socket.setSoTimeout(300);
      assertThatThrownBy(() -> greeting(socket)).isInstanceOf(SocketTimeoutException.class);
      proxy.heal();
      socket.setSoTimeout(5_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket socket = connect()) {
      assertThat(greeting(socket)).isEqualTo("0123456789");
    }
  }

  @Test
  void resetPeer_resets() throws IOException {
    proxy.disturb(List.of(new Toxic.ResetPeer()));
    // The reset may be there before connect() has returned.
    assertThatThrownBy(
            () -> {
              try (Socket socket = connect()) {
                greeting(socket);
              }
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void limitData_cuts() throws IOException {
    proxy.disturb(List.of(new Toxic.LimitData(4)));
    try (Socket socket = connect()) {
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("0123");
    }
  }

  @Test
  void connections_areCountedWhereTheProxyCan_alsoWhenItIsMadeAnew() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (Socket socket = connect()) {
        greeting(socket);
      }
      proxy.heal();
    }
    assertThat(proxy.connections())
        .isEqualTo(kind.equals("embedded") ? OptionalLong.of(3) : OptionalLong.empty());
  }

  @Test
  void refuse_refuses_untilHealedOnTheSamePort() throws IOException {
    InetSocketAddress before = proxy.address();
    proxy.refuse();
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    proxy.heal();
    assertThat(proxy.address()).isEqualTo(before);
    try (Socket socket = connect()) {
      assertThat(greeting(socket)).isEqualTo("0123456789");
    }
  }

  @Test
  void dropConnections_closesOpenOnesAndAcceptsNewOnes() throws IOException {
    try (Socket socket = connect()) {
      greeting(socket);
      proxy.dropConnections();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    try (Socket socket = connect()) {
      assertThat(greeting(socket)).isEqualTo("0123456789");
    }
  }

  @Test
  void heal_withAReaderThatDoesNotRead_doesNotWedge() throws IOException {
    try (Socket socket = connect()) {
      proxy.disturb(List.of(new Toxic.Latency(Duration.ofMillis(50), Duration.ZERO)));
      for (int i = 0; i < 100_000; i++) {
        socket.getOutputStream().write(1);
      }
      proxy.heal();
    }
    try (Socket socket = connect()) {
      assertThat(greeting(socket)).isEqualTo("0123456789");
    }
  }

  @Test
  void at_whereNothingAnswers_says() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> ToxiproxyServer.at(URI.create("http://127.0.0.1:" + port)))
        .isInstanceOf(FaultException.class)
        .hasMessageContaining("toxiproxy could not tell its version");
  }

  @Test
  void release_withAnotherChecksum_isRefusedAndNotKept() {
    Path target = supervisor.scratch().resolve("cache").resolve("toxiproxy-server");
    assertThatThrownBy(() -> ToxiproxyRelease.install("x".getBytes(UTF_8), "abc", target))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("SHA-256 must be abc: 2d711642");
    assertThat(target).doesNotExist();
  }
}
