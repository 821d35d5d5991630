package io.leakguard.chaos.lambda;

import java.time.Duration;
import java.time.Instant;

/**
 * An invocation on its way. Confined to the event loop once it was handed over.
 *
 * <p>Ends once: what comes after that is ignored, as when a runtime client that lost the connection
 * while it answered reports an error for the same invocation.
 */
final class Invocation {
  /** Who is to be told; on the event loop. */
  interface Caller {
    /** It has ended; the tail is null when it was not asked for. */
    void ended(InvocationRecord result, byte[] logTail);

    /** It was refused for want of an environment. */
    void throttled(String reason);
  }

  private final String requestId;
  private final String traceId;
  private final String clientContext;
  private final byte[] payload;
  private final boolean wantsTail;
  private final Caller caller;
  private Instant started = Instant.now();
  private long startedNanos = System.nanoTime();
  private boolean ended;

  /**
   * Makes an invocation.
   *
   * @param clientContext JSON on one line, or null
   */
  Invocation(
      String requestId,
      String traceId,
      String clientContext,
      byte[] payload,
      boolean wantsTail,
      Caller caller) {
    this.requestId = requestId;
    this.traceId = traceId;
    this.clientContext = clientContext;
    this.payload = payload;
    this.wantsTail = wantsTail;
    this.caller = caller;
  }

  String requestId() {
    return requestId;
  }

  String traceId() {
    return traceId;
  }

  String clientContext() {
    return clientContext;
  }

  byte[] payload() {
    return payload;
  }

  boolean wantsTail() {
    return wantsTail;
  }

  Caller caller() {
    return caller;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Its event is delivered now. */
  void begin() {
    started = Instant.now();
    startedNanos = System.nanoTime();
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  InvocationRecord end(String function, EnvironmentId where, boolean coldStart, Outcome outcome) {
    ended = true;
    return new InvocationRecord(requestId, function, where, coldStart, outcome, started, elapsed());
  }
}
