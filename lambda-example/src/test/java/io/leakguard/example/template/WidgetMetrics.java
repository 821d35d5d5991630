package io.leakguard.example.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.leakguard.example.template.EmittedDocuments.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics that one metric widget shows, named or searched for.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html">Dashboard
 *     body structure</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html">Search
 *     expression syntax</a>
 */
final class WidgetMetrics {
  private static final Pattern SEARCH =
      Pattern.compile(
          "SEARCH\\('(?<query>\\{(?<namespace>[\\w/]+),(?<dimensions>[\\w,]+)}"
              + " MetricName=\"(?<metric>\\w+)\" \\((?<names>[^']+)\\))', '\\w+', \\d+\\)");
  private static final Pattern NAME = Pattern.compile("\\b[a-z]\\w*\\b");

  private final List<Metric> metrics = new ArrayList<>();
  private final List<String> searches = new ArrayList<>();
  private final Set<String> functions = new HashSet<>();
  private final Set<String> ids = new HashSet<>();
  private final Set<String> usedIds = new HashSet<>();

  WidgetMetrics(JsonObject widget) {
    for (JsonElement entry : widget.getAsJsonObject("properties").getAsJsonArray("metrics")) {
      JsonArray items = entry.getAsJsonArray();
      JsonElement last = items.get(items.size() - 1);
      if (last.isJsonObject()) {
        ids.add(last.getAsJsonObject().get("id").getAsString());
        items.remove(items.size() - 1);
      }
      if (items.isEmpty()) {
        read(last.getAsJsonObject().get("expression").getAsString());
      } else {
        named(items);
      }
    }
  }

  List<Metric> metrics() {
    return metrics;
  }

  /** The queries of its search expressions. */
  List<String> searches() {
    return searches;
  }

  /** Whose metrics are shown. */
  Set<String> functions() {
    return functions;
  }

  /** Names in expressions that no metric of the widget has as its id. */
  Set<String> unknownIds() {
    Set<String> unknown = new HashSet<>(usedIds);
    unknown.removeAll(ids);
    return unknown;
  }

  private void named(JsonArray items) {
    Set<String> dimensions = new HashSet<>();
    for (int i = 2; i < items.size(); i += 2) {
      dimensions.add(items.get(i).getAsString());
      functions.add(items.get(i + 1).getAsString());
    }
    metrics.add(new Metric(items.get(0).getAsString(), items.get(1).getAsString(), dimensions));
  }

  private void read(String expression) {
    Matcher search = SEARCH.matcher(expression);
    StringBuilder rest = new StringBuilder();
    while (search.find()) {
      searches.add(search.group("query"));
      metrics.add(
          new Metric(
              search.group("namespace"),
              search.group("metric"),
              Set.of(search.group("dimensions").split(",", -1))));
      for (String name : search.group("names").split(" OR ", -1)) {
        functions.add(name.replaceAll("^FunctionName=\"|\"$", ""));
      }
      search.appendReplacement(rest, "");
    }
    search.appendTail(rest);
    Matcher name = NAME.matcher(rest);
    while (name.find()) {
      usedIds.add(name.group());
    }
  }
}
