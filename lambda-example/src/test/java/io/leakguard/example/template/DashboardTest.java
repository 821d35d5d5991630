package io.leakguard.example.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leakguard.example.template.EmittedDocuments.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {
  private static final int COLUMNS = 24;

  /** The longest name of a function, and the longest search expression. */
  private static final int LONGEST_NAME = 64;

  private static final int LONGEST_SEARCH = 1_024;

  /** Lambda's own, kept by function. */
  private static final Set<String> OF_LAMBDA =
      Set.of("Duration", "Invocations", "Errors", "Throttles");

  private final SamTemplate template = SamTemplate.read();
  private final Dashboard dashboard = dashboard("false");

  @Test
  void widgets_onTheGrid_doNotOverlapAndLeaveNoHole() {
    Set<String> taken = new HashSet<>();
    int height = 0;
    for (JsonObject widget : dashboard.widgets()) {
      int right = number(widget, "x") + number(widget, "width");
      int bottom = number(widget, "y") + number(widget, "height");
      height = Math.max(height, bottom);
      assertThat(right).as(widget.toString()).isLessThanOrEqualTo(COLUMNS);
      for (int x = number(widget, "x"); x < right; x++) {
        for (int y = number(widget, "y"); y < bottom; y++) {
          assertThat(taken.add(x + "," + y)).as("free at %d,%d: %s", x, y, widget).isTrue();
        }
      }
    }
    assertThat(taken).hasSize(COLUMNS * height);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void metrics_areThoseOfTheGuardOrOfLambda_ofAllFunctions(String leaky) {
    Set<String> shown = new TreeSet<>();
    for (WidgetMetrics metrics : metrics(dashboard(leaky))) {
      metrics.metrics().forEach(metric -> shown.add(metric.name()));
      assertThat(metrics.metrics()).isNotEmpty().allMatch(DashboardTest::isSent);
      assertThat(metrics.unknownIds()).isEmpty();
    }
    assertThat(shown)
        .containsAll(OF_LAMBDA)
        .contains("LeakedThreads", "LiveThreads", "OpenDescriptors", "InvocationsLeft");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void searches_coverEveryFunction_andAreShortEnough(String leaky) {
    Set<String> functions = functions(leaky.equals("true"));
    for (WidgetMetrics metrics : metrics(dashboard(leaky))) {
      for (String search : metrics.searches()) {
        int longer = functions.stream().mapToInt(name -> LONGEST_NAME - name.length()).sum();
        assertThat(search.length() + longer).as(search).isLessThanOrEqualTo(LONGEST_SEARCH);
        assertThat(metrics.functions()).isEqualTo(functions);
      }
    }
  }

  /** SEARCH finds nothing of a function that sent nothing for two weeks. */
  @Test
  void minutesOf30Days_nameEveryProductionFunctionWithoutSearch() {
    JsonObject widget = widget("Minutes with an open leak, 30 days (at most 60)");
    WidgetMetrics metrics = new WidgetMetrics(widget);

    assertThat(widget.getAsJsonObject("properties").get("start").getAsString()).isEqualTo("-P30D");
    assertThat(metrics.searches()).isEmpty();
    assertThat(metrics.functions()).isEqualTo(functions(false));
    assertThat(limit(widget)).isEqualTo(60);
  }

  @Test
  void threadsAndDescriptors_areShownAgainstTheLimit() {
    assertThat(limit(widget("Live threads of the fullest environment"))).isEqualTo(1_024);
    assertThat(limit(widget("Open descriptors of the fullest environment"))).isEqualTo(1_024);
  }

  @Test
  void alarms_areAllOnTheWall() {
    Stack stack = new Stack(template.root(), "7", Map.of());
    List<String> shown = new ArrayList<>();
    JsonObject properties = dashboard.widgets("alarm").get(0).getAsJsonObject("properties");
    properties.getAsJsonArray("alarms").forEach(alarm -> shown.add(alarm.getAsString()));

    List<String> arns = new ArrayList<>();
    for (String id : template.ofType("AWS::CloudWatch::Alarm").keySet()) {
      arns.add(stack.text(JsonParser.parseString("{\"Fn::GetAtt\":[\"" + id + "\",\"Arn\"]}")));
    }
    assertThat(shown).hasSameElementsAs(arns).doesNotHaveDuplicates();
  }

  @Test
  void isSent_misspeltOrOtherDimensions_isFalse() {
    Set<String> version = Set.of("FunctionName", "FunctionVersion");

    assertThat(isSent(new Metric("LeakGuard", "LeakedThreads", version))).isTrue();
    assertThat(isSent(new Metric("LeakGuard", "LeakedThread", version))).isFalse();
    assertThat(isSent(new Metric("LeakGuard", "LeakedThreads", Set.of("FunctionVersion"))))
        .isFalse();
    assertThat(isSent(new Metric("Leakguard", "LeakedThreads", version))).isFalse();
  }

  private static boolean isSent(Metric metric) {
    return metric.namespace().equals("AWS/Lambda")
        ? OF_LAMBDA.contains(metric.name()) && metric.dimensions().equals(Set.of("FunctionName"))
        : EmittedDocuments.get().metrics().contains(metric);
  }

  private Dashboard dashboard(String leaky) {
    return Dashboard.of(
        template, new Stack(template.root(), "7", Map.of("DeployLeakyExamples", leaky)));
  }

  private static List<WidgetMetrics> metrics(Dashboard dashboard) {
    return dashboard.widgets("metric").stream().map(WidgetMetrics::new).toList();
  }

  private JsonObject widget(String title) {
    return dashboard.widgets("metric").stream()
        .filter(
            widget -> widget.getAsJsonObject("properties").get("title").getAsString().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static int limit(JsonObject widget) {
    JsonElement annotations = widget.getAsJsonObject("properties").get("annotations");
    return annotations
        .getAsJsonObject()
        .getAsJsonArray("horizontal")
        .get(0)
        .getAsJsonObject()
        .get("value")
        .getAsInt();
  }

  private Set<String> functions(boolean leakyToo) {
    Set<String> ids =
        leakyToo
            ? template.ofType("AWS::Serverless::Function").keySet()
            : template.productionFunctions();
    Set<String> names = new HashSet<>();
    ids.forEach(id -> names.add(Stack.NAME + "-" + id));
    return names;
  }

  private static int number(JsonObject widget, String name) {
    return widget.get(name).getAsInt();
  }
}
