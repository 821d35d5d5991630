package io.leakguard.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

/** One event as the Runtime API delivers it. */
record Event(String requestId, String body, Map<String, String> headers) {
  static final String ARN = "arn:aws:lambda:eu-central-1:123456789012:function:orders";

  /** Makes an event with half a minute left when it is delivered. */
  static Event of(String requestId, String body) {
    return new Event(requestId, body, Map.of());
  }

  Event with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Event(requestId, body, more);
  }
}
