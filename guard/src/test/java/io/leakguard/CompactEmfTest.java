package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leakguard.diagnosis.Diagnosis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is written by hand against what the metrics library writes of the same. */
class CompactEmfTest {
  private static final Finding FINDING =
      new Finding(
          Kind.THREAD,
          "request-1",
          true,
          Verdict.GROWING,
          "0123456789abcdef",
          "order \"writer\"\\",
          3,
          List.of("order-writer"),
          3,
          3,
          3,
          Thread.State.WAITING,
          List.of("com.acme.Orders.write"),
          List.of(),
          Map.of(),
          new Diagnosis("latch", Diagnosis.Role.WORK, "a latch", "cause", "fix"),
          3,
          Duration.ofSeconds(1),
          1,
          true);

  private final FakeHost host = new FakeHost();

  private Look look() {
    host.variable("LEAKGUARD_SERVICE_NAME", "shop").variable("LEAKGUARD_COMMIT", "5e2f0ab");
    Settings settings = new EnvironmentSettings(host, false).settings();
    return new Look(true, 3, 1, 0, "request-1", new FakeContext("request-1"), settings, host);
  }

  private JsonNode compact(Totals totals) {
    new Reporter(new Artifact(null)).writeInShort(FINDING, totals, look());
    return EmfDocument.parse(host.lines().get(host.lines().size() - 1));
  }

  private JsonNode full(Totals totals) {
    new Reporter(new Artifact(null)).write(FINDING, totals, look());
    return EmfDocument.parse(host.lines().get(host.lines().size() - 1));
  }

  private static void agree(JsonNode compact, JsonNode full) {
    JsonNode directive = compact.at("/_aws/CloudWatchMetrics/0");
    JsonNode other = full.at("/_aws/CloudWatchMetrics/0");
    assertThat(directive.get("Namespace")).isEqualTo(other.get("Namespace"));
    assertThat(directive.get("Dimensions")).isEqualTo(other.get("Dimensions"));
    assertThat(directive.get("Metrics")).containsExactlyInAnyOrderElementsOf(other.get("Metrics"));
    membersAgree(compact, full);
  }

  /** Numbers by value: the library writes each as a floating-point one. */
  private static void membersAgree(JsonNode compact, JsonNode full) {
    for (Map.Entry<String, JsonNode> member : compact.properties()) {
      if (!member.getKey().equals("_aws")) {
        JsonNode value = member.getValue();
        JsonNode other = full.path(member.getKey());
        assertThat(other.isNumber()).as(member.getKey()).isEqualTo(value.isNumber());
        assertThat(other.asDouble()).as(member.getKey()).isEqualTo(value.asDouble());
        assertThat(value.isNumber() || value.equals(other)).as(member.getKey()).isTrue();
      }
    }
  }

  @Test
  void of_everythingKnown_saysTheSameAsTheLibrary() {
    Totals totals = new Totals(40, 5, 3, 1, 17, OptionalLong.of(320));
    JsonNode compact = compact(totals);

    agree(compact, full(totals));
    assertThat(compact.get("service").asText()).isEqualTo("shop");
    assertThat(compact.get("commit").asText()).isEqualTo("5e2f0ab");
    assertThat(compact.get("OpenDescriptors").asInt()).isEqualTo(17);
    assertThat(compact.get("InvocationsLeft").asInt()).isEqualTo(320);
  }

  @Test
  void of_neitherDescriptorsNorGrowth_leavesBothOut() {
    Totals totals = new Totals(40, 5, 3, 1, -1, OptionalLong.empty());
    JsonNode compact = compact(totals);

    agree(compact, full(totals));
    assertThat(compact.has("OpenDescriptors")).isFalse();
    assertThat(compact.has("InvocationsLeft")).isFalse();
  }
}
