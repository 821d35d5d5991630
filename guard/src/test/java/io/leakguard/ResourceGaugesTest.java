package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent of descriptors that grow, between the reports about them. */
class ResourceGaugesTest {
  private static final int CONFIRMED = 8;
  private static final Duration RESEND = Duration.ofSeconds(10);

  private final Invoker environment = new Invoker();
  private OpenThings things;

  @BeforeEach
  void open() throws IOException {
    assumeThat(new File("/proc/self/fd")).isDirectory();
    things = new OpenThings();
  }

  @AfterEach
  void close() throws IOException {
    things.close();
  }

  private void leave(int times) {
    for (int i = 0; i < times; i++) {
      environment.invoke(
          () -> {
            try {
              things.closedByPeer();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  @Test
  void socketsThatGrow_areSentEveryTenSecondsWithTheForecast() {
    leave(CONFIRMED);
    assertThat(environment.verdicts()).containsExactly("GROWING");

    environment.invokeIdle();
    assertThat(environment.documents()).isEmpty();

    environment.host.pass(RESEND);
    environment.invokeIdle();
    List<JsonNode> gauges = environment.documents();
    assertThat(gauges).hasSize(1);
    assertThat(gauges.get(0).has("verdict")).isFalse();
    assertThat(gauges.get(0).get("LeakedThreads").asInt()).isZero();
    assertThat(gauges.get(0).get("InvocationsLeft").asInt()).isBetween(500, 1_024);
  }

  @Test
  void socketsThatAreClosed_areSentNoMore() throws IOException {
    leave(CONFIRMED);
    things.close();
    environment.invokeIdle();
    List<JsonNode> documents = environment.documents();
    JsonNode last = documents.get(documents.size() - 1);
    assertThat(last.get("verdict").asText()).isEqualTo("RECOVERED");
    assertThat(last.has("InvocationsLeft")).isFalse();

    environment.host.pass(RESEND);
    environment.invokeIdle();
    assertThat(environment.documents()).isEmpty();
  }

  @Test
  void invocationsLeft_suspicion_isNone() {
    Reports reports = new Reports(new Artifact(null));

    assertThat(reports.invocationsLeft(0, 12, List.of(pipes(Verdict.GROWING)), 24)).hasValue(1_000);
    assertThat(reports.invocationsLeft(0, 12, List.of(pipes(Verdict.ESCAPED)), 24)).isEmpty();
  }

  private static ResourceNews pipes(Verdict verdict) {
    ResourceDiagnosis diagnosis = ResourceDiagnosis.ofDescriptors("pipe");
    return new ResourceNews("descriptor", "pipe", "", 24, 1, verdict, "0123456789ab", diagnosis);
  }
}
