package io.leakguard.chaos.report;

import java.time.Duration;
import java.util.Optional;

/**
 * A shape that a function could not be played with.
 *
 * @param function the function's logical id
 * @param shape the shape's name
 * @param reason in words
 * @param needed how long it would take, where it is for want of time
 */
public record ShapeNotRun(String function, String shape, String reason, Optional<Duration> needed) {

  /** One that no time would help. */
  public ShapeNotRun(String function, String shape, String reason) {
    this(function, shape, reason, Optional.empty());
  }
}
