package io.leakguard.chaos.sam;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Event sources that stand outside of their function: event source mappings, and the permissions
 * that every other service needs to invoke it. This is how plain CloudFormation has them.
 */
final class LinkedEvents {
  private record Link(String function, EventSource source) {}

  private final List<Link> links = new ArrayList<>();

  LinkedEvents(Value.Fields resources, Resolver resolver) {
    for (String id : resources.values().keySet()) {
      Value.Fields resource = resources.fields(id);
      Value.Fields properties = resource.fields("Properties");
      Optional<EventSource> source =
          switch (text(resource.get("Type"))) {
            case "AWS::Lambda::EventSourceMapping" -> mapping(id, properties, resolver);
            case "AWS::Lambda::Permission" -> permission(id, properties, resolver);
            case "AWS::Lambda::Url" ->
                Optional.of(EventSource.of(id, EventSource.Kind.HTTP_API, "FunctionUrl"));
            default -> Optional.empty();
          };
      String function = text(resolver.resolve(name(properties)));
      if (!function.isEmpty()) {
        source.ifPresent(found -> links.add(new Link(function, found)));
      }
    }
  }

  private static Value name(Value.Fields properties) {
    Value name = properties.get("FunctionName");
    return name instanceof Value.Missing ? properties.get("TargetFunctionArn") : name;
  }

  private static Optional<EventSource> mapping(
      String id, Value.Fields properties, Resolver resolver) {
    // arn:aws:SERVICE:...
    String[] arn = text(resolver.resolve(properties.get("EventSourceArn"))).split(":", 4);
    EventSource.Kind kind = arn.length > 3 ? EventSources.kind(arn[2]) : EventSource.Kind.OTHER;
    if (!(properties.get("SelfManagedEventSource") instanceof Value.Missing)) {
      kind = EventSource.Kind.KAFKA;
    }
    return Optional.of(EventSource.of(id, kind, "EventSourceMapping"));
  }

  private static Optional<EventSource> permission(
      String id, Value.Fields properties, Resolver resolver) {
    String principal = text(resolver.resolve(properties.get("Principal")));
    EventSource.Kind kind =
        switch (principal
            .replaceFirst("[.]amazonaws[.].*", "")
            .replaceFirst("^logs[.].*", "logs")) {
          case "apigateway" -> EventSource.Kind.REST_API;
          case "elasticloadbalancing" -> EventSource.Kind.ALB;
          case "sns" -> EventSource.Kind.SNS;
          case "s3" -> EventSource.Kind.S3;
          case "events" -> EventSource.Kind.EVENT_BRIDGE;
          case "scheduler" -> EventSource.Kind.SCHEDULE;
          case "logs" -> EventSource.Kind.LOGS;
          case "iot" -> EventSource.Kind.IOT;
          case "cognito-idp" -> EventSource.Kind.COGNITO;
          default -> EventSource.Kind.OTHER;
        };
    return kind == EventSource.Kind.OTHER
        ? Optional.empty()
        : Optional.of(EventSource.of(id, kind, "Permission"));
  }

  /** The sources of a function, which they name by its name or ARN. */
  List<EventSource> of(String name) {
    return links.stream().filter(link -> isNamed(link.function(), name)).map(Link::source).toList();
  }

  private static boolean isNamed(String function, String name) {
    return function.equals(name)
        || function.endsWith(":function:" + name)
        || function.contains(":function:" + name + ":");
  }

  private static String text(Value value) {
    return value instanceof Value.Text text ? text.text() : "";
  }
}
