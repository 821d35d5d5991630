package io.leakguard.example.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueriesTest {
  /** What Logs Insights adds to each event, and Lambda's own record of an invocation. */
  private static final Set<String> OF_AWS =
      Set.of(
          "@timestamp",
          "@message",
          "@logStream",
          "type",
          "record.metrics.maxMemoryUsedMB",
          "record.metrics.memorySizeMB");

  private final SamTemplate template = SamTemplate.read();

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void dashboard_queries_nameWhatTheGuardEmitsAndAllLogGroups(String leaky) {
    Stack stack = new Stack(template.root(), "7", Map.of("DeployLeakyExamples", leaky));
    List<JsonObject> widgets = Dashboard.of(template, stack).widgets("log");

    assertThat(widgets).hasSize(3);
    for (JsonObject widget : widgets) {
      InsightsQuery query = parse(widget.getAsJsonObject("properties").get("query").getAsString());
      assertThat(query.problems()).isEmpty();
      assertThat(query.sources()).hasSameElementsAs(logGroups(stack, leaky));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void savedQueries_nameWhatTheGuardEmitsAndAllLogGroups(String leaky) {
    Stack stack = new Stack(template.root(), "7", Map.of("DeployLeakyExamples", leaky));
    Map<String, JsonObject> definitions = template.ofType("AWS::Logs::QueryDefinition");

    assertThat(definitions).hasSize(5);
    for (JsonObject definition : definitions.values()) {
      String text = definition.get("QueryString").getAsString();
      assertThat(parse(text).problems()).as(text).isEmpty();
      assertThat(texts(stack.resolve(definition.get("LogGroupNames"))))
          .hasSameElementsAs(logGroups(stack, leaky));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "filter LeakedThread > 0; no field: LeakedThread",
        "filter ispresent(fingerPrint); no field: fingerPrint",
        "filter isPresent(fingerprint); no function: isPresent",
        "stats max(LiveThreads) as live by FunctionVersions; no field: FunctionVersions",
        "stats max(LiveThreads) as live | sort alive desc; not among the results: alive",
        "stats max(LiveThreads) as live | sort verdict desc; not among the results: verdict",
        "filters LeakedThreads > 0; no command: filters",
        "filter LeakedThreads > 0 |; an empty command",
        "filter fingerprint like /x/ and (ispresent(stacks)); no field: stacks",
        "filter verdict = 'GROWING; not understood: 'GROWING"
      },
      quoteCharacter = '`')
  void parse_misspeltName_isAProblem(String query, String problem) {
    assertThat(parse(query).problems()).containsExactly(problem);
  }

  private static InsightsQuery parse(String query) {
    Set<String> fields = new HashSet<>(OF_AWS);
    fields.addAll(EmittedDocuments.get().fields());
    fields.addAll(EmittedDocuments.get().signOfLife());
    return new InsightsQuery(query, fields);
  }

  private List<String> logGroups(Stack stack, String leaky) {
    List<String> groups = new ArrayList<>();
    template
        .ofType("AWS::Logs::LogGroup")
        .forEach(
            (id, group) -> {
              if (leaky.equals("true") || !template.resources().get(id).has("Condition")) {
                groups.add(stack.text(group.get("LogGroupName")));
              }
            });
    return groups;
  }

  private static List<String> texts(JsonElement array) {
    List<String> texts = new ArrayList<>();
    array.getAsJsonArray().forEach(text -> texts.add(text.getAsString()));
    return texts;
  }
}
