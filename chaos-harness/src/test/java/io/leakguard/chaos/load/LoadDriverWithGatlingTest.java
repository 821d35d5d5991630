package io.leakguard.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.leakguard.chaos.load.LoadPlan.Burst;
import io.leakguard.chaos.load.LoadPlan.Impatient;
import io.leakguard.chaos.load.LoadPlan.Steady;
import io.leakguard.chaos.load.LoadResult.Counts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both ends of the wire. Runs where the simulations have been packaged, as any build of the whole
 * project does.
 */
@Timeout(60)
final class LoadDriverWithGatlingTest {
  private static final Path SIMULATIONS = Path.of("..", "gatling-simulations", "target");
  private static final Duration PATIENT = Duration.ofSeconds(20);

  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @TempDir Path folder;

  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setExecutor(threads);
    server.createContext(
        "/answers",
        exchange -> {
          try (exchange) {
            bodies.add(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.createContext("/silent", exchange -> {});
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void run_everyKindOfPlan_isSentByOneJvm() throws Exception {
    try (LoadDriver driver = new LoadDriver(classPath(), folder)) {
      List<URI> both = List.of(url("/answers?a=1,2"), url("/silent"));
      List<String> events = List.of("{\n\"n\": 1}", "{\"n\": \"ü\"}");
      Duration pause = Duration.ofMillis(1);

      assertThat(driver.run(new Steady(both.subList(0, 1), 3, pause, events, PATIENT)).targets())
          .containsExactly(new Counts(3, 0, 0));
      assertThat(bodies).containsExactly("{ \"n\": 1}", "{\"n\": \"ü\"}", "{ \"n\": 1}");
      assertThat(driver.run(new Burst(both.subList(0, 1), 5, events, PATIENT)).targets())
          .containsExactly(new Counts(5, 0, 0));
      // Long enough that the answering target is never given up on, even on a busy machine.
      assertThat(driver.run(new Impatient(both, 1, pause, events, Duration.ofSeconds(2))).targets())
          .containsExactly(new Counts(1, 0, 0), new Counts(0, 0, 1));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void run_jvmsInTurn_sendAlike() throws Exception {
    Queue<Process> jvms = new ConcurrentLinkedQueue<>();
    Launcher launcher =
        command -> {
          Process jvm = Launcher.children().start(command);
          jvms.add(jvm);
          return jvm;
        };
    try (LoadDriver driver = new LoadDriver(classPath(), folder, launcher, PATIENT, 1)) {
      LoadPlan plan = new Burst(List.of(url("/answers")), 2, List.of("{}"), PATIENT);
      for (int i = 0; i < 2; i++) {
        assertThat(driver.run(plan).targets()).containsExactly(new Counts(2, 0, 0));
      }
    }
    assertThat(jvms).hasSize(2).noneMatch(Process::isAlive);
    assertThat(bodies).hasSize(4);
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static List<Path> classPath() throws IOException {
    Path libraries = SIMULATIONS.resolve("dependency");
    assumeTrue(Files.isDirectory(libraries), "gatling-simulations is not packaged");
    try (Stream<Path> own = Files.list(SIMULATIONS);
        Stream<Path> others = Files.list(libraries)) {
      return Stream.concat(own, others).filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }
}
