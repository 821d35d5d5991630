package io.leakguard.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.chaos.process.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the real server, which functions that are deployed go through. */
class SharedToxiproxyTest {
  private static final Duration HEARTBEAT = Duration.ofMillis(200);
  private static final String LEASE = "/proxies/" + Lease.NAME;

  private final List<String> notices = new ArrayList<>();
  private RealToxiproxy server;
  private ServerSocket upstream;
  private Route route;

  @BeforeEach
  void start() throws Exception {
    server = RealToxiproxy.start("-proxy-metrics");
    upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    route =
        new Route("inventory", "127.0.0.1:" + Ports.free(), "127.0.0.1:" + upstream.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
      upstream.close();
    }
  }

  private SharedToxiproxy connect() throws InterruptedException {
    return SharedToxiproxy.connect(server.address(), List.of(route), HEARTBEAT, notices::add);
  }

  private String proxy() throws Exception {
    return server.get("/proxies/inventory");
  }

  @Test
  void connect_makesTheProxyAndLeavesItWhenItCloses() throws Exception {
    try (SharedToxiproxy shared = connect()) {
      assertThat(proxy()).contains(route.upstream()).contains("\"enabled\":true");
      assertThat(server.get(LEASE)).contains("\"enabled\":false");
      shared.disturb(List.of("inventory"), List.of(new Toxic.Hang()), false);
      assertThat(proxy()).contains("leakguard-hang");
      shared.requireDisturbed(List.of("inventory"));
    }
    assertThat(proxy()).contains("\"toxics\":[]").contains("\"enabled\":true");
    assertThat(server.get(LEASE)).contains("not found");
    assertThat(notices).isEmpty();
  }

  @Test
  void close_healsAProxyThatIsOff_evenInAnInterruptedThread() throws Exception {
    SharedToxiproxy shared = connect();
    shared.refuse(List.of("inventory"));
    assertThat(proxy()).contains("\"enabled\":false");
    Thread.currentThread().interrupt();
    shared.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(proxy()).contains("\"enabled\":true");
  }

  @Test
  void disturb_afterTheEnd_isRefused() throws Exception {
    SharedToxiproxy shared = connect();
    shared.close();
    assertThatThrownBy(() -> shared.disturb(List.of("inventory"), List.of(new Toxic.Hang()), false))
        .hasMessageContaining("the run is over");
    assertThat(proxy()).contains("\"toxics\":[]");
  }

  @Test
  void connect_whileAnotherRunLives_isRefusedAndDisturbsNothing() throws Exception {
    try (SharedToxiproxy first = connect()) {
      first.disturb(List.of("inventory"), List.of(new Toxic.Hang()), false);
      assertThatThrownBy(this::connect)
          .isInstanceOf(FaultException.class)
          .hasMessageContaining("another run uses this Toxiproxy: run-");
      assertThat(proxy()).contains("leakguard-hang");
    }
  }

  @Test
  void kill_leavesWhatTheNextRunRemoves() throws Exception {
    Process run = disturber();
    // SIGKILL: no hook runs.
    run.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    assertThat(proxy()).contains("leakguard-hang").contains("\"enabled\":false");
    connect().close();
    assertThat(proxy()).contains("\"toxics\":[]").contains("\"enabled\":true");
    assertThat(notices)
        .anyMatch(line -> line.matches("the lease of run-\\w+ was left by a run that is gone.*"))
        .contains("proxy 'inventory': removed what an earlier run has left: off, leakguard-hang");
  }

  private Process disturber() throws IOException {
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Disturber.class.getName(),
                server.address().toString(),
                route.listen(),
                route.upstream())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("disturbed");
    }
    return run;
  }

  /** A run that is killed in the midst of a fault. */
  static final class Disturber {
    private Disturber() {}

    public static void main(String[] arguments) throws InterruptedException {
      SharedToxiproxy shared =
          SharedToxiproxy.connect(
              URI.create(arguments[0]),
              List.of(new Route("inventory", arguments[1], arguments[2])),
              HEARTBEAT,
              line -> {});
      shared.disturb(List.of("inventory"), List.of(new Toxic.Hang()), false);
      shared.refuse(List.of("inventory"));
      System.out.println("disturbed");
      Thread.sleep(60_000);
    }
  }

  @Test
  void termination_healsByTheShutdownHook() throws Exception {
    Process run = disturber();
    run.destroy();
    assertThat(run.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(proxy()).contains("\"toxics\":[]").contains("\"enabled\":true");
    assertThat(server.get(LEASE)).contains("not found");
  }

  @Test
  void reset_byTheLeasesWatcher_endsTheFaultAndTheRunNotices() throws Exception {
    try (SharedToxiproxy shared = connect()) {
      shared.disturb(List.of("inventory"), List.of(new Toxic.Hang()), false);
      server.send("POST", "/reset", "");
      assertThatThrownBy(() -> shared.requireDisturbed(List.of("inventory")))
          .hasMessage("the fault of proxy 'inventory' was taken away meanwhile");
      server.send("DELETE", LEASE, "");
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> shared.refuse(List.of("inventory")))
                      .hasMessageContaining("its lease on Toxiproxy was taken away"));
    }
  }

  @Test
  void heal_whereTheServerHasForgottenTheProxy_makesItAnew() throws Exception {
    try (SharedToxiproxy shared = connect()) {
      shared.refuse(List.of("inventory"));
      server.send("DELETE", "/proxies/inventory", "");
      shared.heal();
      assertThat(proxy()).contains("\"enabled\":true");
    }
  }

  @Test
  void heartbeat_risesAndKeepsTheLease() throws Exception {
    try (SharedToxiproxy shared = connect()) {
      String first = server.get(LEASE);
      Awaitility.await().until(() -> !server.get(LEASE).equals(first));
      shared.refuse(List.of("inventory"));
    }
  }

  @Test
  void proxyThatLeadsElsewhere_isNotTouched() throws Exception {
    String elsewhere =
        "{\"name\":\"inventory\",\"listen\":\"%s\",\"upstream\":\"127.0.0.1:1\"}"
            .formatted(route.listen());
    server.send("POST", "/proxies", elsewhere);
    assertThatThrownBy(this::connect)
        .hasMessage(
            "proxy 'inventory' must lead to " + route.upstream() + ", leads to 127.0.0.1:1");
    assertThat(proxy()).contains("127.0.0.1:1");
    assertThat(server.get(LEASE)).contains("not found");
  }

  @Test
  void toxicOfSomebodyElse_isNotRemovedAndStopsTheRun() throws Exception {
    connect().close();
    server.send("POST", "/proxies/inventory/toxics", "{\"type\":\"latency\",\"name\":\"theirs\"}");
    assertThatThrownBy(this::connect)
        .hasMessage("proxy 'inventory' must be undisturbed when a run begins, was: theirs");
    assertThat(proxy()).contains("theirs");
  }

  @Test
  void carried_countsWhatClientsSent_onceTheirConnectionIsClosed() throws Exception {
    try (SharedToxiproxy shared = connect()) {
      assertThat(shared.carried()).doesNotContainKey("inventory");
      try (Socket client = new Socket()) {
        String[] listen = route.listen().split(":");
        client.connect(new InetSocketAddress(listen[0], Integer.parseInt(listen[1])));
        client.getOutputStream().write(new byte[100]);
        upstream.accept().getInputStream().readNBytes(100);
      }
      Awaitility.await()
          .untilAsserted(() -> assertThat(shared.carried()).containsEntry("inventory", 100L));
    }
  }

  @Test
  void serverWithoutMetrics_isRefusedWithWhatToDo() throws Exception {
    try (RealToxiproxy bare = RealToxiproxy.start()) {
      assertThatThrownBy(
              () -> SharedToxiproxy.connect(bare.address(), List.of(), HEARTBEAT, notices::add))
          .hasMessageContaining("must be started with -proxy-metrics");
    }
  }

  @Test
  void serverThatIsNotThere_isOneLine() throws Exception {
    URI nowhere = URI.create("http://127.0.0.1:" + Ports.free());
    assertThatThrownBy(() -> SharedToxiproxy.connect(nowhere, List.of(), HEARTBEAT, notices::add))
        .hasMessageStartingWith("no Toxiproxy answers at " + nowhere);
  }
}
