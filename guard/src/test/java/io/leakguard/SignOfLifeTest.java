package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class SignOfLifeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeHost host =
      new FakeHost()
          .variable("AWS_LAMBDA_FUNCTION_NAME", "orders")
          .variable("AWS_LAMBDA_FUNCTION_VERSION", "7");

  @Test
  void firstInvocation_clean_writesOneLine() throws IOException {
    host.variable("LEAKGUARD_COMMIT", "5e2f0ab");
    Invoker environment = new Invoker(host);
    environment.invokeIdle();
    environment.invokeIdle();

    assertThat(host.lines()).hasSize(1);
    JsonNode line = JSON.readTree(host.lines().get(0));
    assertThat(line.get("leakguard"))
        .isEqualTo(
            JSON.readTree(
                "{\"guard\":\"%s\",\"function\":\"orders\",\"version\":\"7\",\"commit\":\"5e2f0ab\"}"
                    .formatted(SignOfLife.GUARD)));
    assertThat(line.get("level").asText()).isEqualTo("WARN");
    assertThat(Instant.parse(line.get("timestamp").asText()))
        .isEqualTo(host.now().truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void firstInvocation_signOfLife_isNoMetricDocument() {
    new Invoker(host).invokeIdle();

    assertThat(host.lines()).singleElement().asString().doesNotContain("_aws", "LeakedThreads");
  }

  @Test
  void firstInvocation_neitherVersionNorCommitKnown_leavesThemOut() throws IOException {
    FakeHost bare = new FakeHost().variable("AWS_LAMBDA_FUNCTION_NAME", "or\"de\\rs\n");
    new Invoker(bare).invokeIdle();

    JsonNode sign = JSON.readTree(bare.lines().get(0)).get("leakguard");
    assertThat(sign.get("function").asText()).isEqualTo("or?de?rs?");
    assertThat(sign.size()).isEqualTo(2);
  }

  @Test
  void firstInvocation_noFunction_writesNothing() {
    FakeHost noLambda = new FakeHost();
    new Invoker(noLambda).invokeIdle();

    assertThat(noLambda.lines()).isEmpty();
  }

  @Test
  void firstInvocation_turnedOff_writesNothing() {
    host.variable("LEAKGUARD_SIGN_OF_LIFE", "false");
    new Invoker(host).invokeIdle();

    assertThat(host.lines()).isEmpty();
  }

  @Test
  void firstInvocation_badVariable_isToldAndTheLineWritten() {
    host.variable("LEAKGUARD_SIGN_OF_LIFE", "perhaps");
    new Invoker(host).invokeIdle();

    assertThat(host.lines()).hasSize(1);
    assertThat(host.logged)
        .containsExactly(
            "LeakGuard: LEAKGUARD_SIGN_OF_LIFE is not used: it must be true or false: perhaps");
  }

  @Test
  void sealAgain_afterARestore_writesTheLineAgain() {
    LeakMonitor monitor = new LeakMonitor();
    Settings settings = Settings.defaults();
    monitor.end(monitor.begin(null, settings, host), null, settings, host);
    monitor.sealAgain();
    monitor.end(monitor.begin(null, settings, host), null, settings, host);

    assertThat(host.lines()).hasSize(2);
  }

  @Test
  void write_outputThatThrows_leavesTheInvocationGuarded() {
    LeakMonitor monitor = new LeakMonitor();
    Host broken = new BrokenOutput(host);
    long ticket = monitor.begin(null, Settings.defaults(), broken);

    assertThat(ticket).isEqualTo(1);
    assertThat(host.logged)
        .singleElement()
        .asString()
        .contains("LeakGuard failed", "no output today");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00.000Z",
        "2000-02-29T23:59:59.999Z",
        "2023-12-31T09:08:07.006Z",
        "2024-02-29T12:00:00.010Z",
        "2024-12-31T23:59:59.100Z",
        "2026-11-26T05:20:31.045Z",
        "2100-03-01T00:00:00.001Z",
      })
  void timestamp_everyKindOfYear_isThatOfTheJdk(String expected) {
    StringBuilder text = new StringBuilder();
    SignOfLife.timestamp(text, Instant.parse(expected));

    assertThat(text).hasToString(expected);
  }

  @Test
  void timestamp_everyDayOfAQuadricentury_isThatOfTheJdk() {
    for (long day = 0; day < 400 * 366; day++) {
      Instant noon = Instant.ofEpochSecond(day * 86_400 + 43_200);
      StringBuilder text = new StringBuilder();
      SignOfLife.timestamp(text, noon);
      assertThat(text.toString()).startsWith(noon.toString().substring(0, 19));
    }
  }

  @Test
  void guard_version_isThatOfThePom() throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    String version =
        XPathFactory.newInstance().newXPath().evaluate("/project/parent/version", pom).strip();

    assertThat(SignOfLife.GUARD).isEqualTo(version);
  }

  /** Prints nothing and says so. */
  private record BrokenOutput(FakeHost host) implements Host {
    @Override
    public String variable(String name) {
      return host.variable(name);
    }

    @Override
    public long nanoTime() {
      return host.nanoTime();
    }

    @Override
    public void pause(long nanos) {
      host.pause(nanos);
    }

    @Override
    public Instant now() {
      return host.now();
    }

    @Override
    public PrintStream out() {
      return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
        @Override
        public void println(String line) {
          throw new IllegalStateException("no output today");
        }
      };
    }

    @Override
    public void log(String line) {
      host.log(line);
    }
  }
}
