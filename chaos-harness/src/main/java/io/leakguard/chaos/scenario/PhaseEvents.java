package io.leakguard.chaos.scenario;

import io.leakguard.chaos.verdict.Phase;
import java.util.function.LongFunction;

/**
 * The events that the phases of a shape send, as its caller's faults want them.
 *
 * @param seed events are numbered from here, so that two runs send the same
 */
public record PhaseEvents(Shape shape, long seed) {
  /**
   * The event of an invocation.
   *
   * @param source the function's n-th event, as JSON
   * @param n counts a phase's invocations from 0
   */
  public String of(Phase phase, LongFunction<String> source, int n) {
    CallerFault.Again again = phase.faulty() ? shape.fault(CallerFault.Again.class) : null;
    int times = again == null ? 1 : again.times();
    // Phases number their events apart, so that no order id comes twice.
    String event = source.apply(1_000_000 * seed + phase.numbersFrom() + n / times);
    boolean poison = phase.faulty() && shape.fault(CallerFault.Poison.class) != null;
    return poison ? PoisonedBatch.of(event, n % times + 1) : event;
  }
}
