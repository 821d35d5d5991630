package io.leakguard.example.template;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.leakguard.example.template.EmittedDocuments.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an alarm watches, and whether documents that are all of one minute are a breach: of one
 * metric, or of a sum of several, in which a missing one is 0.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">Metric
 *     math</a>
 */
final class AlarmRule {
  private final JsonObject alarm;
  private final Map<String, Watched> watched = new HashMap<>();
  private final List<String> summands;

  /** A metric with its dimensions, and the statistic of a minute. */
  record Watched(Metric metric, Map<String, String> dimensions, String statistic) {}

  /**
   * Reads an alarm.
   *
   * @param alarm its properties, resolved
   */
  AlarmRule(JsonObject alarm) {
    this.alarm = alarm;
    if (alarm.has("Metrics")) {
      this.summands = List.of(readMath().split(" \\+ ", -1));
    } else {
      this.summands = List.of("metric");
      watched.put("metric", watched(alarm, alarm.get("Statistic").getAsString()));
    }
  }

  List<Watched> watched() {
    return List.copyOf(watched.values());
  }

  boolean isBreachedBy(List<JsonObject> documents) {
    List<Double> values = new ArrayList<>();
    for (String summand : summands) {
      value(watched.get(summand), documents, values);
    }
    if (values.isEmpty()) {
      return !alarm.get("TreatMissingData").getAsString().equals("notBreaching");
    }
    double sum = values.stream().mapToDouble(Double::doubleValue).sum();
    double threshold = alarm.get("Threshold").getAsDouble();
    return switch (alarm.get("ComparisonOperator").getAsString()) {
      case "GreaterThanThreshold" -> sum > threshold;
      case "LessThanThreshold" -> sum < threshold;
      default -> throw new AssertionError("not known: " + alarm);
    };
  }

  private String readMath() {
    String expression = null;
    for (JsonElement each : alarm.getAsJsonArray("Metrics")) {
      JsonObject query = each.getAsJsonObject();
      if (query.has("Expression")) {
        expression = query.get("Expression").getAsString();
      } else {
        JsonObject stat = query.getAsJsonObject("MetricStat");
        watched.put(
            query.get("Id").getAsString(),
            watched(stat.getAsJsonObject("Metric"), stat.get("Stat").getAsString()));
      }
    }
    return expression;
  }

  private static Watched watched(JsonObject metric, String statistic) {
    Map<String, String> dimensions = new HashMap<>();
    for (JsonElement each : metric.getAsJsonArray("Dimensions")) {
      JsonObject dimension = each.getAsJsonObject();
      dimensions.put(dimension.get("Name").getAsString(), dimension.get("Value").getAsString());
    }
    return new Watched(
        new Metric(
            metric.get("Namespace").getAsString(),
            metric.get("MetricName").getAsString(),
            dimensions.keySet()),
        dimensions,
        statistic);
  }

  private static void value(Watched watched, List<JsonObject> documents, List<Double> values) {
    List<Double> points = new ArrayList<>();
    for (JsonObject document : documents) {
      if (counts(watched, document)) {
        points.add(document.get(watched.metric().name()).getAsDouble());
      }
    }
    if (!points.isEmpty()) {
      values.add(
          switch (watched.statistic()) {
            case "Maximum" -> points.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            case "Minimum" -> points.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
            case "SampleCount" -> (double) points.size();
            default -> throw new AssertionError("not known: " + watched);
          });
    }
  }

  private static boolean counts(Watched watched, JsonObject document) {
    Set<Metric> metrics = new HashSet<>();
    EmittedDocuments.metricsOf(document, metrics);
    return metrics.contains(watched.metric())
        && watched.dimensions().entrySet().stream()
            .allMatch(
                dimension ->
                    document.get(dimension.getKey()).getAsString().equals(dimension.getValue()));
  }
}
