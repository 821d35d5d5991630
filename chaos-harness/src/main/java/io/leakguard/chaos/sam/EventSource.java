package io.leakguard.chaos.sam;

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
 */
public record EventSource(
    String name, Kind kind, String type, String payloadFormatVersion, String method, String path) {

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
    /** Anything else. */
    OTHER
  }

  /** A source without HTTP. */
  public static EventSource of(String name, Kind kind, String type) {
    return new EventSource(name, kind, type, "", "POST", "/");
  }

  /**
   * An event as this source sends it, as JSON text: an order in the body, ids that differ for each
   * n, two records in an SQS batch; {@code {}} for the kinds that are not known.
   *
   * @param n the number of the invocation; the same number gives the same text
   */
  public String sampleEvent(long n) {
    return SampleEvents.of(this, n);
  }
}
