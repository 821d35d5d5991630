package io.leakguard.chaos.sam;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the {@code Events} of a function, and its function URL. */
final class EventSources {
  private EventSources() {}

  static List<EventSource> read(Properties properties) {
    List<EventSource> sources = new ArrayList<>();
    if (properties.get("Events") instanceof Value.Fields events) {
      for (String name : events.values().keySet()) {
        if (events.fields(name).get("Type") instanceof Value.Text type) {
          sources.add(source(name, type.text(), events.fields(name).fields("Properties")));
        }
      }
    }
    if (properties.get("FunctionUrlConfig") instanceof Value.Fields) {
      // A function URL sends what an HTTP API does.
      sources.add(EventSource.of("Url", EventSource.Kind.HTTP_API, "FunctionUrl"));
    }
    return sources;
  }

  private static EventSource source(String name, String type, Value.Fields properties) {
    EventSource.Kind kind = kind(type);
    return switch (kind) {
      case HTTP_API, REST_API -> http(name, kind, type, properties);
      default -> EventSource.of(name, kind, type, details(type, properties));
    };
  }

  /** By the names of SAM, and by those of the services in an event source mapping's ARN. */
  static EventSource.Kind kind(String type) {
    return switch (type) {
      case "HttpApi" -> EventSource.Kind.HTTP_API;
      case "Api" -> EventSource.Kind.REST_API;
      case "SQS", "sqs" -> EventSource.Kind.SQS;
      case "SNS" -> EventSource.Kind.SNS;
      case "S3" -> EventSource.Kind.S3;
      case "DynamoDB", "dynamodb" -> EventSource.Kind.DYNAMODB;
      case "Kinesis", "kinesis" -> EventSource.Kind.KINESIS;
      case "MSK", "SelfManagedKafka", "kafka" -> EventSource.Kind.KAFKA;
      case "MQ", "mq" -> EventSource.Kind.MQ;
      case "Schedule", "ScheduleV2" -> EventSource.Kind.SCHEDULE;
      case "EventBridgeRule", "CloudWatchEvent" -> EventSource.Kind.EVENT_BRIDGE;
      case "CloudWatchLogs" -> EventSource.Kind.LOGS;
      case "IoTRule" -> EventSource.Kind.IOT;
      case "Cognito" -> EventSource.Kind.COGNITO;
      default -> EventSource.Kind.OTHER;
    };
  }

  private static Map<String, String> details(String type, Value.Fields properties) {
    Map<String, String> details = new LinkedHashMap<>();
    input(properties, details);
    switch (type) {
      case "EventBridgeRule", "CloudWatchEvent" -> {
        put(details, "source", first(properties.fields("Pattern").get("source")));
        put(details, "detailType", first(properties.fields("Pattern").get("detail-type")));
      }
      case "S3" -> bucket(properties, details);
      case "Cognito" -> put(details, "trigger", first(properties.get("Trigger")));
      default -> {
        // Nothing of the others shows in their events.
      }
    }
    return details;
  }

  /** A schedule or rule may send a constant instead of an event. */
  private static void input(Value.Fields properties, Map<String, String> details) {
    String input = text(properties.get("Input"), "");
    if (input.isBlank()) {
      return;
    }
    try {
      details.put("input", JsonParser.parseString(input).toString());
    } catch (JsonParseException e) {
      // AWS would refuse it: the usual event is as good as any.
      details.remove("input");
    }
  }

  private static void bucket(Value.Fields properties, Map<String, String> details) {
    put(details, "bucket", text(properties.get("Bucket"), ""));
    String event = first(properties.get("Events")).replaceFirst("^s3:", "");
    put(details, "event", event.replace("ObjectCreated:*", "ObjectCreated:Put"));
    Value rules = properties.fields("Filter").fields("S3Key").get("Rules");
    if (rules instanceof Value.Items items) {
      for (Value item : items.values()) {
        if (item instanceof Value.Fields rule) {
          put(
              details,
              text(rule.get("Name"), "").toLowerCase(Locale.ROOT),
              text(rule.get("Value"), ""));
        }
      }
    }
  }

  private static void put(Map<String, String> details, String name, String value) {
    if (!value.isEmpty()) {
      details.put(name, value);
    }
  }

  private static EventSource http(
      String name, EventSource.Kind kind, String type, Value.Fields properties) {
    String version = "1.0";
    if (kind == EventSource.Kind.HTTP_API) {
      version = text(properties.get("PayloadFormatVersion"), "2.0");
    }
    String method = text(properties.get("Method"), "POST").toUpperCase(Locale.ROOT);
    String path = text(properties.get("Path"), "/");
    return new EventSource(
        name,
        kind,
        type,
        version.equals("1.0") ? "1.0" : "2.0",
        method.matches("[A-Z]+") && !method.equals("ANY") ? method : "POST",
        path.startsWith("/") ? path : "/");
  }

  /** The text, or the first of a list; empty where it is neither. */
  private static String first(Value value) {
    Value only =
        value instanceof Value.Items items && !items.values().isEmpty()
            ? items.values().get(0)
            : value;
    return text(only, "");
  }

  private static String text(Value value, String otherwise) {
    return value instanceof Value.Text text ? text.text() : otherwise;
  }
}
