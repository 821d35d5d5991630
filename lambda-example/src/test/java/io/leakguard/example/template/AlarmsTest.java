package io.leakguard.example.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.leakguard.example.template.AlarmRule.Watched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmsTest {
  private final SamTemplate template = SamTemplate.read();
  private final Stack stack = new Stack(template.root(), EmittedDocuments.VERSION, Map.of());
  private final Map<String, JsonObject> alarms = template.ofType("AWS::CloudWatch::Alarm");

  @ParameterizedTest
  @ValueSource(strings = {"NewVersionLeaks", "Leaks", "Forecast", "FirstSight"})
  void functions_inProduction_haveEachAlarm(String kind) {
    for (String function : template.productionFunctions()) {
      String id = function.replaceFirst("Function$", "") + kind;

      assertThat(alarms).containsKey(id);
      assertThat(rule(id).watched())
          .allSatisfy(
              watched ->
                  assertThat(watched.dimensions())
                      .containsEntry("FunctionName", Stack.NAME + "-" + function));
    }
  }

  @Test
  void metrics_areThoseOfTheGuard() {
    assertThat(alarms).isNotEmpty();
    for (String id : alarms.keySet()) {
      assertThat(rule(id).watched())
          .isNotEmpty()
          .allSatisfy(
              watched ->
                  assertThat(EmittedDocuments.get().metrics()).as(id).contains(watched.metric()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NewVersionLeaks", "Leaks", "Forecast", "FirstSight"})
  void alarm_documentsOfALeak_areABreach(String kind) {
    assertThat(rule("OrdersApi" + kind).isBreachedBy(EmittedDocuments.get().documents())).isTrue();
    assertThat(rule("OrdersBatch" + kind).isBreachedBy(EmittedDocuments.get().documents()))
        .isFalse();
  }

  /** Sockets are no threads: the alarm must not depend on threads that leak beside them. */
  @ParameterizedTest
  @ValueSource(strings = {"NewVersionLeaks", "Leaks", "Forecast"})
  void alarm_sightOfSocketsThatGrow_isABreach(String kind) {
    List<JsonObject> documents =
        EmittedDocuments.get().documents().stream()
            .filter(document -> document.has("kind"))
            .filter(document -> document.get("kind").getAsString().equals("socket"))
            .toList();

    assertThat(documents)
        .isNotEmpty()
        .allMatch(document -> document.get("LeakedThreads").getAsInt() == 0);
    assertThat(rule("OrdersApi" + kind).isBreachedBy(documents)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NewVersionLeaks", "Leaks", "Forecast", "FirstSight"})
  void alarm_nothingSent_isNoBreach(String kind) {
    assertThat(rule("OrdersApi" + kind).isBreachedBy(List.of())).isFalse();
  }

  /** Documents may come twice, and several environments send: a sum means nothing. */
  @Test
  void statistics_ofGauges_areNeverSumsNorAverages() {
    for (String id : alarms.keySet()) {
      for (Watched watched : rule(id).watched()) {
        assertThat(watched.statistic()).as(id).isIn("Maximum", "Minimum", "SampleCount");
      }
    }
  }

  @Test
  void alarms_allOfThem_areMOfNAndTellTheTopicAndNameTheRunbook() {
    for (Map.Entry<String, JsonObject> alarm : alarms.entrySet()) {
      JsonObject properties = resolved(alarm.getKey());

      assertThat(properties.get("DatapointsToAlarm").getAsInt())
          .as(alarm.getKey())
          .isLessThan(properties.get("EvaluationPeriods").getAsInt());
      assertThat(properties.get("AlarmDescription").getAsString()).endsWith("docs/runbook.md");
      assertThat(properties.get("AlarmActions").getAsJsonArray().get(0).getAsString())
          .isEqualTo(Stack.NAME + "-AlarmTopic");
    }
  }

  @Test
  void firstSight_notAskedFor_notifiesNobody() {
    Stack notifying = new Stack(template.root(), "7", Map.of("FirstSightNotifies", "true"));
    JsonElement enabled = alarms.get("OrdersApiFirstSight").get("ActionsEnabled");

    assertThat(stack.text(enabled)).isEqualTo("false");
    assertThat(notifying.text(enabled)).isEqualTo("true");
  }

  @Test
  void logLevels_thatCanBeChosen_keepTheDocuments() {
    List<String> levels = new ArrayList<>();
    template
        .parameters()
        .getAsJsonObject("LogLevel")
        .getAsJsonArray("AllowedValues")
        .forEach(level -> levels.add(level.getAsString()));

    assertThat(levels).isSubsetOf("TRACE", "DEBUG", "INFO", "WARN").contains("WARN");
    for (JsonObject document : EmittedDocuments.get().documents()) {
      assertThat(document.get("level").getAsString()).isEqualTo("WARN");
      assertThat(Instant.parse(document.get("timestamp").getAsString())).isNotNull();
    }
  }

  @Test
  void parameters_allOfThem_haveADefaultThatTheyAllow() {
    Set<String> names = template.parameters().keySet();

    assertThat(names).isNotEmpty();
    for (String name : names) {
      JsonObject parameter = template.parameters().getAsJsonObject(name);
      String value = parameter.get("Default").getAsString();
      assertThat(parameter.has("Description")).as(name).isTrue();
      if (parameter.has("AllowedPattern")) {
        assertThat(value).as(name).matches(parameter.get("AllowedPattern").getAsString());
        assertThat(parameter.has("ConstraintDescription")).as(name).isTrue();
      }
      if (parameter.has("AllowedValues")) {
        assertThat(parameter.getAsJsonArray("AllowedValues").toString())
            .as(name)
            .contains("\"" + value + "\"");
      }
    }
  }

  private AlarmRule rule(String id) {
    return new AlarmRule(resolved(id));
  }

  private JsonObject resolved(String id) {
    return stack.resolve(alarms.get(id)).getAsJsonObject();
  }
}
