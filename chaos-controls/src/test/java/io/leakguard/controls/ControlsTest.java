package io.leakguard.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.leakguard.controls.FaultyServer.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ControlsTest {

  private static final Duration TIMEOUT = Duration.ofMillis(80);
  private static final int CALLS = 15;

  private final Set<Thread> known = Thread.getAllStackTraces().keySet();
  private FaultyServer server;
  private Upstream upstream;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
    upstream = new Upstream(server.uri(), TIMEOUT);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "OK,200",
    "NOT_FOUND,404",
    "SERVER_ERROR,503",
    "CUT,0",
    "STALL,0",
    "HANG,0",
    "CLOSE,0"
  })
  void cleanHandler_anyUpstream_answersWithItsStatus(Mode mode, int status) throws IOException {
    server.become(mode);

    assertThat(call(new CleanHandler(upstream))).isEqualTo("{\"upstream\":" + status + "}");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  @EnabledOnOs(OS.LINUX)
  void cleanHandler_manyCallsUnderAnyFault_leaveNoThreadAndAtMostTheOnePooledSocket(Mode mode)
      throws IOException {
    CleanHandler handler = new CleanHandler(upstream);
    server.become(mode);

    for (int i = 0; i < CALLS; i++) {
      call(handler);
    }

    assertThat(newThreads()).isEmpty();
    assertThat(openSockets()).isLessThan(2);
  }

  @Test
  void cleanHandler_nobodyListens_leavesNothing() throws IOException {
    server.close();

    assertThat(call(new CleanHandler(upstream))).isEqualTo("{\"upstream\":0}");
    assertThat(newThreads()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"OK", "NOT_FOUND"})
  void sentinelHandler_healthyUpstream_leavesNothing(Mode mode) throws IOException {
    SentinelHandler handler = new SentinelHandler(upstream);
    server.become(mode);

    for (int i = 0; i < CALLS; i++) {
      assertThat(call(handler)).isEqualTo("{\"leaked\":false}");
    }
    assertThat(newThreads()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_ERROR", "CUT", "STALL", "HANG", "CLOSE"})
  @EnabledOnOs(OS.LINUX)
  void sentinelHandler_upstreamFails_leavesOneThreadPerCallAndNothingElse(Mode mode)
      throws IOException {
    SentinelHandler handler = new SentinelHandler(upstream);
    server.become(mode);

    for (int i = 0; i < 4; i++) {
      assertThat(call(handler)).isEqualTo("{\"leaked\":true}");
    }

    assertThat(newThreads())
        .hasSize(4)
        .allMatch(thread -> thread.getName().equals("sentinel-leak"));
    assertThat(openSockets()).isLessThan(2);
  }

  @Test
  void sentinelHandler_leakedThread_outlivesAnInterrupt() throws Exception {
    server.close();
    call(new SentinelHandler(upstream));
    Thread leaked = newThreads().get(0);

    leaked.interrupt();
    leaked.join(100);

    assertThat(leaked.isAlive()).isTrue();
  }

  @Test
  void newHandlers_withoutUpstreamUrl_sayWhatIsMissing() {
    String message = "UPSTREAM_URL must be an http or https address, but was null";

    assertThatThrownBy(CleanHandler::new).hasMessage(message);
    assertThatThrownBy(SentinelHandler::new).hasMessage(message);
  }

  private static String call(RequestStreamHandler handler) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    handler.handleRequest(InputStream.nullInputStream(), output, null);
    return output.toString(StandardCharsets.UTF_8);
  }

  private List<Thread> newThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !known.contains(thread))
        .filter(thread -> !thread.getName().matches("(upstream|Keep-Alive)-.*"))
        .toList();
  }

  /** This process's client ends to the server that still hold a descriptor. */
  private long openSockets() throws IOException {
    String toServer =
        String.format(".*:[0-9A-F]{4} \\S+:%04X (01|02|08) .*", server.uri().getPort());
    long count = 0;
    for (String table : List.of("tcp", "tcp6")) {
      try (Stream<String> rows = Files.lines(Path.of("/proc/self/net", table))) {
        count += rows.filter(row -> row.matches(toServer)).count();
      }
    }
    return count;
  }
}
