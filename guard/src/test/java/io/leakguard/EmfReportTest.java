package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmfReportTest {
  private static final Set<String> FIXED_PROPERTIES =
      Set.of(
          "requestId",
          "coldStart",
          "verdict",
          "fingerprint",
          "family",
          "groupThreads",
          "threadNames",
          "state",
          "stack",
          "diagnosis",
          "level",
          "timestamp");

  private final Invoker environment = new Invoker();
  private final List<BlockedThread> blocked = new ArrayList<>();

  @AfterEach
  void release() {
    blocked.forEach(BlockedThread::release);
  }

  private void leak(String name) {
    blocked.add(BlockedThread.start(name));
  }

  private List<JsonNode> valid() {
    return environment.host.lines().stream().map(EmfDocument::parse).toList();
  }

  @Test
  void write_everyVerdict_isValid() {
    for (int i = 0; i < 4; i++) {
      environment.invoke(() -> leak("order-writer"));
    }
    blocked.forEach(BlockedThread::release);
    environment.invokeIdle();

    assertThat(valid().stream().map(d -> d.get("verdict").asText()))
        .containsExactly("ESCAPED", "GROWING", "GROWING", "RECOVERED");
  }

  @Test
  void write_firstSight_hasTheFixedPropertiesOnly() {
    environment.invoke(() -> leak("order-writer"));

    Set<String> names = new TreeSet<>();
    valid().get(0).fieldNames().forEachRemaining(names::add);

    assertThat(names)
        .containsAll(FIXED_PROPERTIES)
        .contains("FunctionName", "FunctionVersion", "LiveThreads", "SurplusThreads")
        .doesNotContain("createdBy", "labels");
  }

  @Test
  void write_dimensions_areFunctionAndVersion() {
    environment.invoke(() -> leak("order-writer"));

    JsonNode document = valid().get(0);
    JsonNode directive = document.at("/_aws/CloudWatchMetrics/0");
    assertThat(directive.get("Namespace").asText()).isEqualTo("LeakGuard");
    assertThat(directive.get("Dimensions"))
        .hasToString("[[\"FunctionName\"],[\"FunctionName\",\"FunctionVersion\"]]");
    assertThat(document.get("FunctionName").asText()).isEqualTo("orders");
    assertThat(document.get("FunctionVersion").asText()).isEqualTo("7");
  }

  @Test
  void write_levelAndTimestamp_surviveALevelFilter() {
    environment.invoke(() -> leak("order-writer"));

    JsonNode document = valid().get(0);
    assertThat(document.get("level").asText()).isEqualTo("WARN");
    assertThat(Instant.parse(document.get("timestamp").asText())).isEqualTo(environment.host.now());
  }

  @Test
  void write_stackAndDiagnosis_nameTheWaitingCode() {
    environment.invoke(() -> leak("order-writer"));

    JsonNode document = valid().get(0);
    assertThat(document.get("stack").asText())
        .contains("CountDownLatch.await", "BlockedThread.leak");
    assertThat(document.get("stack").asText().lines().count()).isLessThanOrEqualTo(16);
    assertThat(document.get("diagnosis").asText()).contains("latch");
    assertThat(document.get("state").asText()).isEqualTo("WAITING");
    assertThat(document.get("threadNames").get(0).asText()).isEqualTo("order-writer");
  }

  @Test
  void write_afterTheFirstReports_countsOnly() {
    for (int i = 0; i < 6; i++) {
      environment.invoke(() -> leak("order-writer"));
    }

    List<JsonNode> documents = valid();
    assertThat(documents).hasSize(5);
    assertThat(documents.stream().filter(d -> d.has("stack"))).hasSize(2);
    JsonNode last = documents.get(4);
    assertThat(last.get("verdict").asText()).isEqualTo("GROWING");
    assertThat(last.get("groupThreads").asInt()).isEqualTo(6);
    assertThat(last.get("LeakedThreads").asInt()).isEqualTo(6);
    assertThat(last.has("diagnosis")).isFalse();
  }

  @Test
  void write_whileLeaked_sendsTheGaugesAgainAfterTenSeconds() {
    for (int i = 0; i < 3; i++) {
      environment.invoke(() -> leak("order-writer"));
    }
    environment.documents();
    environment.invokeIdle();
    environment.host.pass(Duration.ofSeconds(9));
    environment.invokeIdle();
    List<JsonNode> tooEarly = environment.documents();
    environment.host.pass(Duration.ofSeconds(1));
    environment.invokeIdle();
    environment.invokeIdle();

    List<JsonNode> due = environment.documents();
    assertThat(tooEarly).isEmpty();
    assertThat(due).hasSize(1);
    assertThat(due.get(0).get("LeakedThreads").asInt()).isEqualTo(3);
    assertThat(due.get(0).has("fingerprint")).isFalse();
    assertThat(due.get(0).get("level").asText()).isEqualTo("WARN");
    valid();
  }

  @Test
  void write_notLeaked_sendsNothingAgain() {
    environment.invoke(() -> leak("order-writer"));
    environment.documents();
    environment.host.pass(Duration.ofMinutes(5));
    environment.invokeIdle();

    assertThat(environment.documents()).isEmpty();
  }

  @Test
  void write_hostileThreadNames_staysOneValidLine() {
    List<String> names =
        List.of(
            "a\nb\r\n{\"_aws\":1}",
            "\u0000\u001b[31mred",
            "quote\"back\\slash",
            "\ud800 half a pair",
            "\u2028\u2029\u202e",
            "x".repeat(3_000_000),
            " ",
            "");
    environment.invoke(() -> names.forEach(this::leak));

    List<JsonNode> documents = valid();
    assertThat(documents).hasSize(names.size());
    for (JsonNode document : documents) {
      assertThat(document.get("threadNames").get(0).asText())
          .doesNotContainPattern("[\\p{Cntrl}\u2028\u2029\u202e]")
          .hasSizeLessThanOrEqualTo(120);
    }
  }

  @Test
  void write_manyThreadsOfManyNames_keepsTheLineSmall() {
    environment.invoke(
        () -> {
          for (int i = 0; i < 200; i++) {
            leak("order-writer-" + i + "x".repeat(10_000));
          }
        });

    List<JsonNode> documents = valid();
    assertThat(documents).hasSize(1);
    assertThat(documents.get(0).get("groupThreads").asInt()).isEqualTo(200);
    assertThat(documents.get(0).get("threadNames")).hasSize(10);
  }

  @Test
  void write_hostileFunctionName_isMadeADimension() {
    FakeHost host = new FakeHost();
    Guard guard = LeakGuard.builder().host(host).monitor(new LeakMonitor()).build();
    FakeContext context = new FakeContext("r\n1");
    context.functionName = ":ö rders\n";
    guard
        .wrap(
            (Object in, Context c) -> {
              leak("order-writer");
              return in;
            })
        .handleRequest("", context);

    JsonNode document = EmfDocument.parse(host.lines().get(0));
    assertThat(document.get("FunctionName").asText()).isEqualTo("???rders?");
    assertThat(document.get("requestId").asText()).isEqualTo("r?1");
  }

  @Test
  void write_noContext_takesFunctionFromTheEnvironment() {
    FakeHost host =
        new FakeHost()
            .variable("AWS_LAMBDA_FUNCTION_NAME", "from-env")
            .variable("LEAKGUARD_NAMESPACE", "Team/Orders");
    Guard guard = LeakGuard.builder().host(host).monitor(new LeakMonitor()).build();
    guard
        .wrap(
            (Object in, Context c) -> {
              leak("order-writer");
              return in;
            })
        .handleRequest("", null);

    JsonNode document = EmfDocument.parse(host.lines().get(1));
    assertThat(document.get("FunctionName").asText()).isEqualTo("from-env");
    assertThat(document.get("FunctionVersion").asText()).isEqualTo("unknown");
    assertThat(document.at("/_aws/CloudWatchMetrics/0/Namespace").asText())
        .isEqualTo("Team/Orders");
    assertThat(document.has("requestId")).isFalse();
  }

  @Test
  void write_severalGroups_largestFirst() {
    environment.invoke(
        () -> {
          leak("single");
          for (int i = 0; i < 3; i++) {
            leak("many-" + i);
          }
        });

    assertThat(valid().stream().map(d -> d.get("family").asText()).collect(Collectors.toList()))
        .containsExactly("many-N", "single");
  }

  @Test
  void schema_lineWithoutMetadata_isRefused() {
    assertThatThrownBy(() -> EmfDocument.parse("{\"LiveThreads\":1}"))
        .isInstanceOf(AssertionError.class);
  }
}
