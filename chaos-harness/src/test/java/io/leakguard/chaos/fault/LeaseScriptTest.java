package io.leakguard.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code staging/lease.sh}, which runs beside Toxiproxy, with a lease of two seconds. */
class LeaseScriptTest {
  private static final Path SCRIPT = Path.of("..", "staging", "lease.sh");
  private static final String LEASE = "/proxies/" + Lease.NAME;

  @TempDir private Path folder;

  private RealToxiproxy server;
  private Process script;
  private Path said;
  private Route route;

  @BeforeEach
  void start() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "no curl here");
    server = RealToxiproxy.start("-proxy-metrics");
    route = new Route("inventory", "127.0.0.1:" + Ports.free(), "127.0.0.1:9");
    said = folder.resolve("said");
    script = script(ToxiproxyBinary.VERSION);
  }

  private Process script(String version) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString());
    builder
        .environment()
        .putAll(
            Map.of(
                "TOXIPROXY",
                server.address().toString(),
                "PROXIES",
                "[{\"name\":\"inventory\",\"listen\":\"%s\",\"upstream\":\"%s\",\"enabled\":true}]"
                    .formatted(route.listen(), route.upstream()),
                "VERSION",
                version,
                "LEASE",
                "2",
                "EVERY",
                "1"));
    return builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      script.destroyForcibly();
      server.close();
    }
  }

  private void awaitProxies() {
    Awaitility.await().until(() -> Files.readString(said).contains("proxies made"));
  }

  @Test
  void start_makesTheProxies() throws Exception {
    awaitProxies();
    assertThat(server.get("/proxies/inventory")).contains(route.listen()).contains("true");
  }

  @Test
  void heartbeat_keepsTheFault_andItsEndResetsIt() throws Exception {
    awaitProxies();
    try (Lease lease = Lease.take(server.address(), Duration.ofMillis(300))) {
      assertThat(lease.failure()).isEmpty();
      hang();
      // Longer than the lease: it is renewed.
      TimeUnit.SECONDS.sleep(4);
      assertThat(server.get("/proxies/inventory")).contains("leakguard-hang");
    }
    // A run that is killed leaves its lease, and nobody renews it.
    server.send(
        "POST",
        "/proxies",
        "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"run-x:1\",\"enabled\":false}"
            .formatted(Lease.NAME));
    server.send("POST", "/proxies/inventory", "{\"enabled\":false}");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> server.get(LEASE).contains("not found"));
    assertThat(server.get("/proxies/inventory"))
        .contains("\"toxics\":[]")
        .contains("\"enabled\":true");
    assertThat(Files.readString(said)).contains("lease: expired, resetting:");
  }

  private void hang() throws Exception {
    server.send(
        "POST",
        "/proxies/inventory/toxics",
        "{\"type\":\"timeout\",\"name\":\"leakguard-hang\",\"attributes\":{\"timeout\":0}}");
  }

  @Test
  void expiry_makesAProxyAnewThatWasDeleted() throws Exception {
    awaitProxies();
    server.send("DELETE", "/proxies/inventory", "");
    server.send(
        "POST",
        "/proxies",
        "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"run-x:1\",\"enabled\":false}"
            .formatted(Lease.NAME));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> server.get("/proxies/inventory").contains(route.upstream()));
  }

  @Test
  void serverThatIsGone_endsTheScript() throws Exception {
    awaitProxies();
    server.close();
    assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(script.exitValue()).isEqualTo(1);
    assertThat(Files.readString(said)).contains("lease: Toxiproxy does not answer");
  }

  @Test
  void serverOfAnotherVersion_endsTheScript() throws Exception {
    script.destroyForcibly().waitFor();
    script = script("2.11.0");
    assertThat(script.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(List.of(Files.readString(said).split("\n")))
        .last()
        .asString()
        .contains("must be 2.11.0");
  }
}
