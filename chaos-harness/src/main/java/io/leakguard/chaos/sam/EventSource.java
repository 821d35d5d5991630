package io.leakguard.chaos.sam;

import java.util.Map;

/**
 * What invokes a function.
 *
 * @param name the key under {@code Events}
 * @param kind what the harness knows to imitate
 * @param type as the template has it, such as {@code SQS}
 * @param payloadFormatVersion {@code 1.0} or {@code 2.0}; empty where there is no HTTP
 * @param method the HTTP method; {@code POST} where the template leaves it open
 * @param path the HTTP path with its {@code {variables}}; {@code /} where the template leaves it
 *     open
 * @param details what else the template says of it, such as {@code source} and {@code detailType}
 *     of an EventBridge rule; {@code input} is an event given in full
 */
public record EventSource(
    String name,
    Kind kind,
    String type,
    String payloadFormatVersion,
    String method,
    String path,
    Map<String, String> details) {

  /** The kinds of source whose events are known. */
  public enum Kind {
    /** An API Gateway HTTP API. */
    HTTP_API,
    /** An API Gateway REST API. */
    REST_API,
    /** A queue. */
    SQS,
    /** An EventBridge schedule. */
    SCHEDULE,
    /** Another EventBridge rule. */
    EVENT_BRIDGE,
    /** A topic. */
    SNS,
    /** A bucket's notifications. */
    S3,
    /** A table's stream. */
    DYNAMODB,
    /** A data stream. */
    KINESIS,
    /** A delivery stream that has its records transformed. */
    FIREHOSE,
    /** Kafka, managed or not. */
    KAFKA,
    /** A broker of Amazon MQ. */
    MQ,
    /** A log group's subscription. */
    LOGS,
    /** An IoT rule. */
    IOT,
    /** A trigger of a user pool. */
    COGNITO,
    /** An application load balancer. */
    ALB,
    /** A WebSocket API. */
    WEB_SOCKET,
    /** A handler that takes plain text. */
    TEXT,
    /** A handler that takes a list. */
    LIST,
    /** Anything else. */
    OTHER
  }

  public EventSource {
    details = Map.copyOf(details);
  }

  /** A source of which the template says nothing else. */
  public EventSource(
      String name,
      Kind kind,
      String type,
      String payloadFormatVersion,
      String method,
      String path) {
    this(name, kind, type, payloadFormatVersion, method, path, Map.of());
  }

  /** A source without HTTP. */
  public static EventSource of(String name, Kind kind, String type) {
    return of(name, kind, type, Map.of());
  }

  static EventSource of(String name, Kind kind, String type, Map<String, String> details) {
    String version =
        switch (kind) {
          case HTTP_API -> "2.0";
          case REST_API -> "1.0";
          default -> "";
        };
    return new EventSource(name, kind, type, version, "POST", "/", details);
  }

  /**
   * An event as this source sends it, as JSON text: an order in the body, ids that differ for each
   * n, two records in a batch; {@code {}} for the kinds that are not known.
   *
   * @param n the number of the invocation; the same number gives the same text
   */
  public String sampleEvent(long n) {
    return SampleEvents.of(this, n);
  }
}
