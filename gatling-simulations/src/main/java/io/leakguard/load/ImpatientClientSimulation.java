package io.leakguard.load;

import java.time.Duration;

/**
 * As {@link SteadySimulation}, with clients that give up early: 300 ms after a request was sent,
 * when not told otherwise, its connection is closed, and the next request goes over a new one.
 * Having given up is what is wanted here and counts as no failure; other errors do.
 */
public final class ImpatientClientSimulation extends LoadSimulation {
  private static final Duration CLIENT_TIMEOUT = Duration.ofMillis(300);

  /** Called by Gatling. A bad setting ends the run with one line that names it. */
  public ImpatientClientSimulation() {
    super(CLIENT_TIMEOUT, false, Invocations::inSequence);
  }

  /**
   * Judges what no assertion of Gatling can: it does not tell a client timeout from another
   * failure.
   */
  @Override
  public void after() {
    invocations().requireErrorsWithinLimit();
  }
}
