package io.leakguard.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leakguard.load.FunctionServer.Invocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One driver serves all tests, which is also what it is for: a run must not see what another one
 * left.
 */
@Timeout(120)
final class DriverTest {
  @TempDir static Path folder;

  private static DriverProcess driver;

  @BeforeAll
  static void startDriver() throws IOException {
    driver = DriverProcess.start(folder);
  }

  @AfterAll
  static void stopDriver() {
    driver.close();
  }

  @Test
  void steady_twoTargets_dealsTheEventsOverOneConnectionEach(@TempDir Path own) throws IOException {
    Path events = Files.writeString(own.resolve("events"), "1\n\"ü\"\n3\n");
    try (FunctionServer server = new FunctionServer(FunctionServer.status(200))) {
      String targets = server.url("/a") + "," + server.url("/b");

      assertThat(
              driver.run(
                  "steady", "target", targets, "invocations", "5", "bodies", events.toString()))
          .isEqualTo("done 0 ok=5,5 failed=0,0 timedOut=0,0");
      assertThat(server.invocations("/a"))
          .extracting(Invocation::body)
          .containsExactly("1", "3", "\"ü\"", "1", "3");
      assertThat(server.invocations("/b"))
          .extracting(Invocation::body)
          .containsExactly("\"ü\"", "1", "3", "\"ü\"", "1");
      assertThat(ports(server, "/a")).hasSize(1);
      assertThat(ports(server, "/b")).hasSize(1);
    }
  }

  @Test
  void steady_oneInvocation_sendsPlainJsonOfKnownLength() throws IOException {
    try (FunctionServer server = new FunctionServer(FunctionServer.status(202))) {
      assertThat(driver.run("steady", "target", server.url("/a"), "invocations", "1"))
          .isEqualTo("done 0 ok=1 failed=0 timedOut=0");
      assertThat(server.invocations("/a"))
          .extracting(Invocation::body, Invocation::length, Invocation::type)
          .containsExactly(tuple("{}", "2", "application/json"));
    }
  }

  @Test
  void steady_nextRun_doesNotInheritSettings() throws IOException {
    try (FunctionServer server = new FunctionServer(FunctionServer.status(200))) {
      driver.run("steady", "target", server.url("/a"), "invocations", "2");
      driver.run("steady", "target", server.url("/b"));

      assertThat(server.invocations("/a")).hasSize(2);
      assertThat(server.invocations("/b")).hasSize(10);
    }
  }

  @Test
  void steady_keptConnectionDropped_sendsNoInvocationTwice() throws IOException {
    try (RudeServer server = RudeServer.droppingAfter(1)) {
      assertThat(
              driver.run(
                  "steady", "target", server.url(), "invocations", "6", "maxErrorPercent", "100"))
          .isEqualTo("done 0 ok=3 failed=3 timedOut=0");
      assertThat(server.requests()).isEqualTo(6);
    }
  }

  @Test
  void steady_errorsOverTheLimit_failTheAssertion() throws IOException {
    try (FunctionServer server = new FunctionServer(FunctionServer.status(500))) {
      assertThat(driver.run("steady", "target", server.url("/a"), "invocations", "2"))
          .isEqualTo("done 2 ok=0 failed=2 timedOut=0");
    }
  }

  @Test
  void steady_functionError_isAFailureDespiteStatus200() throws IOException {
    try (FunctionServer server =
        new FunctionServer(
            exchange -> {
              exchange.getResponseHeaders().add("X-Amz-Function-Error", "Unhandled");
              exchange.sendResponseHeaders(200, -1);
            })) {
      assertThat(driver.run("steady", "target", server.url("/a"), "invocations", "2"))
          .isEqualTo("done 2 ok=0 failed=2 timedOut=0");
    }
  }

  @Test
  void burst_allRequests_areInFlightAtOnce() throws IOException {
    int size = 20;
    CountDownLatch arrived = new CountDownLatch(size);
    try (FunctionServer server =
        new FunctionServer(
            exchange -> {
              arrived.countDown();
              awaitUninterrupted(arrived);
              exchange.sendResponseHeaders(200, -1);
            })) {
      assertThat(
              driver.run(
                  "burst", "target", server.url("/a"), "invocations", "20", "clientTimeout", "20s"))
          .isEqualTo("done 0 ok=20 failed=0 timedOut=0");
      assertThat(ports(server, "/a")).hasSize(size);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void impatient_silentServer_closesEachConnection() throws Exception {
    try (RudeServer server = RudeServer.silent()) {
      assertThat(
              driver.run(
                  "impatient", "target", server.url(), "invocations", "3", "clientTimeout", "50ms"))
          .isEqualTo("done 0 ok=0 failed=0 timedOut=3");
      assertThat(IntStream.range(0, 3).mapToObj(i -> end(server)))
          .containsOnly("closed by the client");
      assertThat(server.requests()).isEqualTo(3);
    }
  }

  private static String end(RudeServer server) {
    try {
      return server.nextEnd();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void impatient_refusedConnections_areFailures() throws IOException {
    String url = "http://127.0.0.1:" + unusedPort() + "/";

    assertThat(driver.run("impatient", "target", url, "invocations", "2", "clientTimeout", "20s"))
        .isEqualTo(
            "error maxErrorPercent is 5.0, but 2 of 2 requests failed before the client gave up");
    assertThat(
            driver.run(
                "impatient", "target", url, "clientTimeout", "20s", "maxErrorPercent", "100"))
        .isEqualTo("done 0 ok=0 failed=10 timedOut=0");
  }

  @Test
  void anyCommand_garbage_isAnsweredByOneLineAndSurvived() throws IOException {
    assertThat(driver.answerTo("garbage"))
        .isEqualTo("error command must be fields key=value joined by &, was 'garbage'");
    assertThat(driver.run("steady", "target", "nowhere\nelse"))
        .isEqualTo("error target must be an http or https URL with a host, was 'nowhere else'");
    try (FunctionServer server = new FunctionServer(FunctionServer.status(200))) {
      assertThat(driver.run("steady", "target", server.url("/a"), "invocations", "1"))
          .startsWith("done 0 ");
    }
  }

  @Test
  void anyRun_itsFiles_areGone() throws IOException {
    try (FunctionServer server = new FunctionServer(FunctionServer.status(200))) {
      driver.run("steady", "target", server.url("/a"), "invocations", "1");
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static Set<Integer> ports(FunctionServer server, String path) {
    return server.invocations(path).stream()
        .map(Invocation::clientPort)
        .collect(Collectors.toSet());
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
