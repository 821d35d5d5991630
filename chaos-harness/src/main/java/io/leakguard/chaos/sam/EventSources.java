package io.leakguard.chaos.sam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the {@code Events} of a function. */
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
    return sources;
  }

  private static EventSource source(String name, String type, Value.Fields properties) {
    return switch (type) {
      case "HttpApi" -> http(name, EventSource.Kind.HTTP_API, type, properties);
      case "Api" -> http(name, EventSource.Kind.REST_API, type, properties);
      case "SQS" -> EventSource.of(name, EventSource.Kind.SQS, type);
      case "Schedule", "ScheduleV2" -> EventSource.of(name, EventSource.Kind.SCHEDULE, type);
      default -> EventSource.of(name, EventSource.Kind.OTHER, type);
    };
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

  private static String text(Value value, String otherwise) {
    return value instanceof Value.Text text ? text.text() : otherwise;
  }
}
