package io.leakguard.chaos.scenario;

import io.leakguard.chaos.upstream.Answer;
import java.time.Duration;
import java.util.List;

/** Shapes in which the caller, or what it sends, is the trouble. */
final class CallerShapes {
  /** Slower than the impatient caller, faster than what a function should allow its upstream. */
  private static final Fault SLUGGISH =
      UpstreamShapes.disturb(UpstreamShapes.latency(Duration.ofMillis(250)));

  private static final Fault IMPATIENT = new CallerFault.Impatient(Duration.ofMillis(100));
  private static final Fault OVERLOADED = UpstreamShapes.behaves(new Answer(503, 200));
  private static final int ENVIRONMENTS = 3;

  static final List<Shape> ALL =
      List.of(
          Shape.of(
                  "client-times-out",
                  "the caller gives up before the function answers",
                  "work tied to a caller who is gone",
                  SLUGGISH,
                  IMPATIENT)
              .withStory("A browser or a gateway waits for less than the function takes.")
              .like("Endpoint request timed out", "504", "Gateway Timeout", "Broken pipe")
              .withFaultInvocations(6),
          Shape.of(
                  "retry-storm",
                  "an overloaded upstream answers 503, and each event comes three times",
                  "work that is done twice, retry machinery made on failure",
                  OVERLOADED,
                  new CallerFault.Again(3))
              .withStory(
                  "What fails is sent again at once, by the caller, by Lambda for asynchronous"
                      + " events, by the queue: the upstream gets three times the load in the"
                      + " moment in which it can bear least.")
              .like(
                  "Max retries exceeded",
                  "retries exhausted",
                  "RetryExhaustedException",
                  "Rate Exceeded",
                  "SdkClientException: Unable to execute HTTP request")
              .withFaultInvocations(9),
          Shape.of(
                  "cold-start-burst",
                  "three requests come at once, again and again, and their upstream answers 503",
                  "races in static initialisers, clients and pools made by every start",
                  new CallerFault.AtOnce(ENVIRONMENTS),
                  UpstreamShapes.disturb(UpstreamShapes.latency(Duration.ofMillis(150))),
                  OVERLOADED)
              .withStory(
                  "Traffic comes back after a pause: most requests find no warm environment, and"
                      + " the upstream gets as many new pools of connections as there are"
                      + " environments.")
              .like("Init Duration", "Too many connections", "remaining connection slots")
              .withFaultInvocations(5 * ENVIRONMENTS),
          Shape.of(
                  "poison-record",
                  "one record of each batch cannot be read, and comes again",
                  "cleanup that one record's exception skips for the others",
                  new CallerFault.Again(3),
                  new CallerFault.Poison())
              .withStory(
                  "A producer was deployed with a bug. The queue delivers the record again and"
                      + " again, with its neighbours, until it goes to the dead-letter queue.")
              .like(
                  "batchItemFailures",
                  "JsonSyntaxException",
                  "JsonEOFException",
                  "MismatchedInputException",
                  "maxReceiveCount",
                  "Unexpected end-of-input")
              .withFaultInvocations(9));

  private CallerShapes() {}
}
