package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;
import io.leakguard.chaos.upstream.Answer;
import io.leakguard.chaos.upstream.Behaviour;
import java.time.Duration;
import java.util.List;

/** Shapes in which an upstream is slow, wrong or broken. */
final class UpstreamShapes {
  /** In shapes whose every invocation waits for a timeout. */
  static final int FEW = 4;

  /** Longer than any client should wait, and than impatient invocations take together. */
  private static final Duration SLOW_ANSWER = Duration.ofSeconds(6);

  /** A little more than half a second, which many a client gives its upstream. */
  private static final Duration LATE_ANSWER = Duration.ofMillis(650);

  /** Cuts the two kilobytes of the upstream's body behind the headers. */
  private static final Toxic CUT = new Toxic.LimitData(600);

  private static final int KILOBYTES_64 = 65_536;
  private static final int MEGABYTES_6 = 6 << 20;

  static final List<Shape> SLOW =
      List.of(
          Shape.of(
                  "slow-upstream",
                  "the upstream answers after 6 s: Read timed out",
                  "tasks nobody waits for any more, cleanup that an exception skips",
                  disturb(latency(SLOW_ANSWER)))
              .withStory(
                  "A dependency is overloaded: it takes every request and answers long after its"
                      + " callers have given up.")
              .like(
                  "Read timed out",
                  "SocketTimeoutException",
                  "HttpTimeoutException: request timed out",
                  "SocketTimeoutException: timeout",
                  "ApiCallAttemptTimeoutException",
                  "upstream request timeout")
              .withFaultInvocations(FEW),
          Shape.of(
                  "upstream-hangs",
                  "the upstream accepts and never answers: Read timed out",
                  "calls without a read timeout, tasks nobody waits for any more",
                  disturb(new Toxic.Hang()))
              .withStory(
                  "A dependency is out of worker threads: its kernel accepts connections, and"
                      + " nobody ever reads them.")
              .like(
                  "Read timed out",
                  "SocketTimeoutException",
                  "HttpTimeoutException: request timed out",
                  "Task timed out",
                  "TimeoutException")
              .withFaultInvocations(FEW),
          Shape.of(
                  "answers-too-late",
                  "the upstream answers after 650 ms, when the client has just given up",
                  "late completions that run in the next invocation, retries of what succeeded",
                  disturb(latency(LATE_ANSWER)))
              .withStory(
                  "The 99th percentile of a dependency moves past its callers' timeout: all the"
                      + " work is done there, and all of it is thrown away here.")
              .like("Read timed out", "HttpTimeoutException: request timed out", "client gave up")
              .withFaultInvocations(FEW),
          Shape.of(
                  "dripping-body",
                  "the body comes byte by byte: no read timeout ever fires",
                  "bodies read without an overall deadline, threads that read for ever",
                  behaves(new Behaviour.Drip(16, Duration.ofMillis(100))))
              .withStory(
                  "A proxy on the way is congested. Each read gets some bytes in time, so the"
                      + " timeout, which counts from read to read, starts anew each time.")
              .like("Task timed out", "no time left", "DeadlineExceeded", "CallTimeout")
              .withFaultInvocations(FEW),
          Shape.of(
                  "body-stalls",
                  "headers and half of the body come, then nothing: Read timed out",
                  "bodies that are not closed when reading them fails",
                  behaves(new Behaviour.Stall(200, 4000, 700)))
              .withStory(
                  "A dependency stops in the middle of an answer: a lock, a full disk, a long"
                      + " collection. The status was fine, so the client is already past its error"
                      + " handling.")
              .like("Read timed out", "SocketTimeoutException", "closed while reading body")
              .withFaultInvocations(FEW),
          Shape.of(
                  "error-body-stalls",
                  "503 with a body that never arrives",
                  "error bodies that are read without a timeout, or left open",
                  behaves(new Behaviour.Stall(503, 999_999, 7)))
              .withStory(
                  "A load balancer announces its error page and stalls. A client that reads the"
                      + " body of an error to reuse the connection waits for it.")
              .like("503", "Service Unavailable", "Read timed out")
              .withFaultInvocations(FEW));

  static final List<Shape> BROKEN =
      List.of(
          Shape.of(
                  "cut-mid-body",
                  "the connection closes within the body: Premature EOF",
                  "bodies closed only when read to the end, cleanup that an exception skips",
                  new ConnectionFault.Disturb(List.of(CUT), true))
              .withStory("A dependency is deployed while it answers.")
              .like(
                  "Premature EOF",
                  "Premature end of Content-Length delimited message body",
                  "fixed content-length",
                  "unexpected end of stream",
                  "ConnectionClosedException"),
          Shape.of(
                  "reset-mid-body",
                  "the connection is reset within the body: Connection reset",
                  "bodies not closed when reading them fails, buffers kept with them",
                  behaves(new Behaviour.Reset(700)))
              .withStory("A process dies while it answers, and its kernel resets what it had open.")
              .like("Connection reset", "Connection reset by peer", "SocketException"),
          Shape.of(
                  "chunk-missing",
                  "a chunked body ends without its last chunk: Premature EOF",
                  "parsers and connections left in mid-body, cleanup that an exception skips",
                  behaves(new Behaviour.ChunkMissing()))
              .withStory("A streaming dependency fails after it has sent its headers.")
              .like(
                  "Premature EOF",
                  "chunked transfer encoding",
                  "Premature end of chunk coded message body",
                  "unexpected end of stream",
                  "TruncatedChunkException"),
          Shape.of(
                  "invalid-http-response",
                  "the upstream sends bytes that are no HTTP: Invalid Http response",
                  "cleanup that an unexpected exception skips",
                  behaves(new Behaviour.Garbage()))
              .withStory(
                  "A port was given to another service, or TLS is spoken where plain HTTP is"
                      + " expected.")
              .like(
                  "Invalid Http response",
                  "Invalid status line",
                  "Unexpected status line",
                  "ProtocolException",
                  "failed to respond with a valid HTTP response"),
          Shape.of(
                  "unexpected-end-of-file",
                  "connections are accepted and closed without an answer",
                  "cleanup that an exception skips, silent repeats of a request",
                  behaves(new Behaviour.NoAnswer(false)))
              .withStory("A load balancer accepts for a target that is dead.")
              .like(
                  "Unexpected end of file from server",
                  "header parser received no bytes",
                  "EOFException",
                  "NoHttpResponseException",
                  "unexpected end of stream"),
          Shape.of(
                  "no-http-response",
                  "kept connections close as the next request arrives",
                  "POSTs that a client repeats silently, pooled connections that are dead",
                  behaves(new Behaviour.NoAnswer(true)))
              .withStory(
                  "The upstream's idle time ends in the moment in which a pooled connection is used"
                      + " again. Some clients fail; others send the request twice, and the order is"
                      + " placed twice.")
              .like(
                  "NoHttpResponseException",
                  "failed to respond",
                  "header parser received no bytes",
                  "The target server failed to respond",
                  "Connection reset"),
          Shape.of(
                  "error-with-body",
                  "the upstream answers 503 with 64 KB that nobody reads",
                  "bodies not closed on an error status",
                  behaves(new Answer(503, KILOBYTES_64)))
              .withStory("A dependency is in maintenance and answers with a page about it.")
              .like(
                  "503",
                  "Service Unavailable",
                  "Timeout waiting for connection from pool",
                  "connection was leaked",
                  "response body was not closed"),
          Shape.of(
                  "too-many-requests",
                  "four of five requests are answered 429 with Retry-After",
                  "retry machinery made on failure, backlogs that only grow",
                  behaves(new Behaviour.Dice(80, 1, new Answer(429, 200))))
              .withStory("The account's quota at a dependency is used up, for everybody at once.")
              .like(
                  "429",
                  "Too Many Requests",
                  "Rate exceeded",
                  "ThrottlingException",
                  "TooManyRequestsException",
                  "ProvisionedThroughputExceededException"),
          Shape.of(
                  "partial-failure",
                  "half of the requests fail with 503, by seeded dice",
                  "leaks that only show as a slow rise, since most invocations are fine",
                  behaves(new Behaviour.Dice(50, 1, new Answer(503, 200))))
              .withStory("One of two instances behind a load balancer is broken.")
              .like("503", "Service Unavailable", "502", "Bad Gateway")
              .withFaultInvocations(12),
          Shape.of(
                  "flapping-upstream",
                  "the upstream fails and recovers with each request",
                  "circuit breakers and retries that keep something each time they change state",
                  behaves(
                      new Behaviour.InTurn(
                          List.of(
                              new Answer(503, 200), Answer.NORMAL, new Behaviour.NoAnswer(false)))))
              .withStory(
                  "A dependency restarts in a loop: its health check passes, its work fails.")
              .like("CircuitBreaker", "CallNotPermittedException", "Connection refused", "503")
              .withFaultInvocations(12),
          Shape.of(
                  "response-too-large",
                  "the upstream answers with 6 MB instead of two kilobytes",
                  "bodies read whole into memory, buffers that are kept",
                  behaves(new Answer(200, MEGABYTES_6)))
              .withStory("A query lost its limit, and the upstream sends the whole table.")
              .like(
                  "Java heap space",
                  "OutOfMemoryError",
                  "exceeded maximum allowed payload size",
                  "sent more than",
                  "entity content is too long",
                  "DataBufferLimitException"));

  private UpstreamShapes() {}

  static Fault behaves(Behaviour behaviour) {
    return new UpstreamFault.Behaves(behaviour);
  }

  static Fault disturb(Toxic toxic) {
    return new ConnectionFault.Disturb(List.of(toxic), false);
  }

  static Toxic latency(Duration latency) {
    return new Toxic.Latency(latency, Duration.ZERO);
  }
}
