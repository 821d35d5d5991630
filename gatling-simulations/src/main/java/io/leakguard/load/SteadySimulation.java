package io.leakguard.load;

import java.time.Duration;

/**
 * Closed load: for each target one client that sends its requests one after the other, as a poller
 * of a queue does. Settings are those of {@link LoadSettings}; a client waits 60 s for an answer
 * when not told otherwise.
 */
public final class SteadySimulation extends LoadSimulation {
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(60);

  /** Called by Gatling. A bad setting ends the run with one line that names it. */
  public SteadySimulation() {
    super(CLIENT_TIMEOUT, true, Invocations::inSequence);
  }
}
