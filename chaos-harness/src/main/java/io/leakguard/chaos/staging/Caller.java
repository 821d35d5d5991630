package io.leakguard.chaos.staging;

import io.leakguard.chaos.verdict.Failure;
import java.time.Duration;
import java.util.Optional;

/** Invokes one function. Thread-safe. */
interface Caller {
  /**
   * What came back.
   *
   * @param requestId the invocation; empty where the answer does not say it, or none came
   * @param givenUp whether the caller has given up
   */
  record Reply(String requestId, Optional<Failure> failure, boolean givenUp) {
    Reply(String requestId, Optional<Failure> failure) {
      this(requestId, failure, false);
    }

    /** The caller has given up. */
    static final Reply NONE = new Reply("", Optional.empty(), true);
  }

  /**
   * Sends an event and waits for the answer.
   *
   * @param patience after which the connection is closed without one; empty: as long as it takes
   * @throws StagingException when the function cannot be invoked at all
   * @throws InterruptedException when interrupted while it waits
   */
  Reply call(String event, Optional<Duration> patience) throws InterruptedException;
}
