package io.leakguard.chaos.lambda;

import java.time.Duration;

/** What happens to an invocation when all of a function's environments are taken. */
public sealed interface Overflow {
  /** Lambda's way: refused with 429 {@code TooManyRequestsException}. */
  Overflow REJECT = new Reject();

  /** Waits for its turn, and is refused with 429 after so long. */
  static Overflow queue(Duration longest) {
    return new Queue(longest);
  }

  /** See {@link #REJECT}. */
  record Reject() implements Overflow {}

  /** See {@link #queue}. */
  record Queue(Duration longest) implements Overflow {
    public Queue {
      if (longest.isNegative() || longest.isZero()) {
        throw new IllegalArgumentException("longest must be above zero, was " + longest);
      }
    }
  }
}
