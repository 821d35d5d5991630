package io.leakguard.chaos.lambda;

import java.time.Duration;

/** When an idle environment is frozen (SIGSTOP). */
public sealed interface Freeze {
  /** As soon as the environment asks for its next event, unless one is waiting. */
  Freeze AT_ONCE = new After(Duration.ZERO);

  /** The environment runs on between invocations. */
  Freeze NEVER = new Never();

  /**
   * Long enough that callers without a pause between invocations do not pay for a thaw each time,
   * short enough that nobody watching it takes the environment for running.
   */
  Freeze AFTER_IDLE = new After(Duration.ofMillis(20));

  /** Frozen once idle for so long; zero is at once. */
  record After(Duration idle) implements Freeze {
    public After {
      if (idle.isNegative()) {
        throw new IllegalArgumentException("idle must not be negative, was " + idle);
      }
    }
  }

  /** Never frozen; see {@link #NEVER}. */
  record Never() implements Freeze {}
}
