package io.leakguard.chaos.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A span of time, to the millisecond.
 *
 * @param start the first moment in it
 * @param end the first moment after it
 */
public record Window(Instant start, Instant end) {
  /** One query is not worth less. */
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** Checks that it is not empty. */
  public Window {
    start = start.truncatedTo(ChronoUnit.MILLIS);
    end = end.truncatedTo(ChronoUnit.MILLIS);
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("a window must not be empty: " + start + " to " + end);
    }
  }

  /** The span of this length that ends at a moment. */
  public static Window until(Instant end, Duration length) {
    return new Window(end.minus(length), end);
  }

  /** The span of this length that ends where this one begins. */
  public Window before(Duration length) {
    return until(start, length);
  }

  /** From its first moment to the first one after it. */
  public Duration length() {
    return Duration.between(start, end);
  }

  boolean isSplittable() {
    return length().compareTo(SHORTEST.multipliedBy(2)) >= 0;
  }

  Window firstHalf() {
    return new Window(start, middle());
  }

  Window secondHalf() {
    return new Window(middle(), end);
  }

  private Instant middle() {
    return start.plus(length().dividedBy(2)).truncatedTo(ChronoUnit.MILLIS);
  }
}
