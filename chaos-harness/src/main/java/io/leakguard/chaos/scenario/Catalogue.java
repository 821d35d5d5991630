package io.leakguard.chaos.scenario;

import io.leakguard.chaos.fault.Toxic;
import io.leakguard.chaos.upstream.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The built-in failure shapes. */
public final class Catalogue {
  /** Longer than any client should wait, and than eight impatient invocations take together. */
  private static final Toxic SLOW = new Toxic.Latency(Duration.ofSeconds(6), Duration.ZERO);

  /** Slower than the impatient caller, faster than what a function should allow its upstream. */
  private static final Toxic SLUGGISH = new Toxic.Latency(Duration.ofMillis(250), Duration.ZERO);

  /**
   * Shorter than any time a function reasonably gives its upstream, so that it is always killed: a
   * race between the two would make the verdict a matter of luck.
   */
  private static final Duration CUT_SHORT = Duration.ofMillis(150);

  /** Cuts the two kilobytes of the upstream's body behind the headers. */
  private static final Toxic CUT = new Toxic.LimitData(600);

  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(
              "healthy",
              "nothing goes wrong: the control, in which the fault phases are plain load",
              "leaks of the happy path, which any test finds"),
          Shape.of(
              "slow-upstream",
              "the upstream answers after 6 s: Read timed out",
              "tasks nobody waits for any more, cleanup that an exception skips",
              new Fault.Disturb(List.of(SLOW), false)),
          Shape.of(
              "upstream-hangs",
              "the upstream accepts and never answers: Read timed out",
              "calls without a read timeout, tasks nobody waits for any more",
              new Fault.Disturb(List.of(new Toxic.Hang()), false)),
          Shape.of(
              "connection-refused",
              "nothing listens, as during a deploy of the upstream: Connection refused",
              "cleanup that an exception skips, retry machinery made on failure",
              new Fault.Refuse()),
          Shape.of(
              "connection-reset",
              "connections are reset at the first byte: Connection reset",
              "cleanup that an exception skips, clients closed on success only",
              new Fault.Disturb(List.of(new Toxic.ResetPeer()), true)),
          Shape.of(
              "cut-mid-body",
              "the connection closes within the body: Premature EOF",
              "bodies closed only when read to the end, cleanup that an exception skips",
              new Fault.Disturb(List.of(CUT), true)),
          Shape.of(
              "error-with-body",
              "the upstream answers 503 with 64 KB that nobody reads",
              "bodies not closed on an error status",
              new Fault.Answers(new Answer(503, 65_536))),
          Shape.of(
              "client-times-out",
              "the caller gives up before the function answers",
              "work tied to a caller who is gone",
              new Fault.Disturb(List.of(SLUGGISH), false),
              new Fault.ImpatientClient(Duration.ofMillis(100))),
          Shape.of(
              "freeze-stale-connection",
              "the upstream closes idle connections while the environment is frozen",
              "pooled connections that are dead after the thaw",
              new Fault.CloseWhileFrozen()),
          Shape.of(
                  "function-timeout",
                  "the function's timeout (cut to 150 ms) ends the environment: Task timed out",
                  "work that is lost or repeated, cleanup that never runs",
                  new Fault.Disturb(List.of(new Toxic.Hang()), false),
                  new Fault.FunctionTimeout(CUT_SHORT))
              .withFaultInvocations(5));

  private Catalogue() {}

  /** All shapes, the control first. */
  public static List<Shape> shapes() {
    return SHAPES;
  }

  /** The shape of that name. */
  public static Optional<Shape> find(String name) {
    return SHAPES.stream().filter(shape -> shape.name().equals(name)).findFirst();
  }
}
