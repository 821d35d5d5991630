package io.leakguard.example.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The canary as CloudFormation and CodeDeploy see it: a leak of the version just published rolls
 * its deployment back, and a leak of the version before cannot.
 */
class CanaryTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)[^}]*}");

  private final Set<String> functions = SamTemplate.read().productionFunctions();
  private JsonObject translated;

  @BeforeEach
  void translate() {
    translated = TranslatedTemplate.get();
    assertThat(functions).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void deployment_ofEachFunction_isACanaryThatAnAlarmRollsBack() {
    for (String function : functions) {
      JsonObject group = stack("8").resolve(properties(group(function))).getAsJsonObject();
      JsonObject rollback = group.getAsJsonObject("AutoRollbackConfiguration");

      assertThat(group.get("DeploymentConfigName").getAsString())
          .isEqualTo("CodeDeployDefault.LambdaCanary10Percent5Minutes");
      assertThat(group.getAsJsonObject("AlarmConfiguration").get("Enabled").getAsBoolean())
          .isTrue();
      assertThat(rollback.get("Enabled").getAsBoolean()).isTrue();
      assertThat(rollback.get("Events").toString()).contains("DEPLOYMENT_STOP_ON_ALARM");
      assertThat(alarms(function)).isNotEmpty();
    }
  }

  @Test
  void rollbackAlarm_ofEachFunction_watchesTheVersionThatTheAliasGets() {
    for (String function : functions) {
      JsonElement published = properties(alias(function)).get("FunctionVersion");

      for (String alarm : alarms(function)) {
        assertThat(values(properties(alarm), "FunctionVersion"))
            .isNotEmpty()
            .allMatch(published::equals);
      }
    }
  }

  @Test
  void rollbackAlarm_leakOfTheNewVersion_isABreach() {
    assertThat(isRolledBack("OrdersApiFunction", EmittedDocuments.VERSION)).isTrue();
  }

  @Test
  void rollbackAlarm_leakOfTheOldVersion_cannotStopTheFix() {
    assertThat(isRolledBack("OrdersApiFunction", "8")).isFalse();
  }

  /** An alarm that is updated keeps its state; one of another name begins without any. */
  @Test
  void rollbackAlarm_nextVersion_isAnotherAlarm() {
    for (String function : functions) {
      for (String alarm : alarms(function)) {
        JsonElement name = properties(alarm).get("AlarmName");

        assertThat(stack("8").text(name)).isNotEqualTo(stack("7").text(name));
      }
    }
  }

  /** The alarm must watch the new version before the first request reaches it. */
  @Test
  void alias_ofEachFunction_movesAfterTheAlarmIsThere() {
    for (String function : functions) {
      assertThat(neededBy(alias(function))).contains(group(function));
      assertThat(neededBy(group(function))).containsAll(alarms(function));
    }
  }

  /** Those of the function as a whole see a leak of the old version, as they should. */
  @Test
  void growthAlarm_leakOfTheOldVersion_isABreach() {
    JsonObject growth = stack("8").resolve(properties("OrdersApiLeaks")).getAsJsonObject();

    assertThat(new AlarmRule(growth).isBreachedBy(EmittedDocuments.get().documents())).isTrue();
    assertThat(alarms("OrdersApiFunction")).doesNotContain("OrdersApiLeaks");
  }

  private boolean isRolledBack(String function, String version) {
    return alarms(function).stream()
        .map(alarm -> stack(version).resolve(properties(alarm)).getAsJsonObject())
        .anyMatch(alarm -> new AlarmRule(alarm).isBreachedBy(EmittedDocuments.get().documents()));
  }

  private Stack stack(String version) {
    return new Stack(translated, version, Map.of());
  }

  private JsonObject resource(String id) {
    return translated.getAsJsonObject("Resources").getAsJsonObject(id);
  }

  private JsonObject properties(String id) {
    return resource(id).getAsJsonObject("Properties");
  }

  private static String alias(String function) {
    return function + "Aliaslive";
  }

  private String group(String function) {
    return resource(alias(function))
        .getAsJsonObject("UpdatePolicy")
        .getAsJsonObject("CodeDeployLambdaAliasUpdate")
        .getAsJsonObject("DeploymentGroupName")
        .get("Ref")
        .getAsString();
  }

  private List<String> alarms(String function) {
    JsonArray alarms =
        properties(group(function)).getAsJsonObject("AlarmConfiguration").getAsJsonArray("Alarms");
    return alarms.asList().stream()
        .map(alarm -> alarm.getAsJsonObject().getAsJsonObject("Name").get("Ref").getAsString())
        .toList();
  }

  /** The values of a dimension in all metrics of an alarm; fails where a metric has none. */
  private static List<JsonElement> values(JsonObject alarm, String dimension) {
    return alarm.getAsJsonArray("Metrics").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(query -> query.has("MetricStat"))
        .map(query -> query.getAsJsonObject("MetricStat").getAsJsonObject("Metric"))
        .map(
            metric ->
                metric.getAsJsonArray("Dimensions").asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .filter(each -> each.get("Name").getAsString().equals(dimension))
                    .findFirst()
                    .orElseThrow()
                    .get("Value"))
        .toList();
  }

  /** What CloudFormation makes or updates before it: all that it refers to. */
  private Set<String> neededBy(String id) {
    Set<String> needed = new HashSet<>();
    Deque<JsonElement> open = new ArrayDeque<>(List.of(resource(id)));
    while (!open.isEmpty()) {
      JsonElement element = open.pop();
      if (element.isJsonArray()) {
        element.getAsJsonArray().forEach(open::push);
      } else if (element.isJsonObject()) {
        JsonObject object = element.getAsJsonObject();
        referred(object, needed);
        object.asMap().values().forEach(open::push);
      }
    }
    return needed;
  }

  private static void referred(JsonObject object, Set<String> ids) {
    if (object.has("Ref")) {
      ids.add(object.get("Ref").getAsString());
    } else if (object.has("Fn::GetAtt")) {
      ids.add(object.getAsJsonArray("Fn::GetAtt").get(0).getAsString());
    } else if (object.has("Fn::Sub") && object.get("Fn::Sub").isJsonPrimitive()) {
      Matcher variable = VARIABLE.matcher(object.get("Fn::Sub").getAsString());
      while (variable.find()) {
        ids.add(variable.group(1));
      }
    }
  }
}
