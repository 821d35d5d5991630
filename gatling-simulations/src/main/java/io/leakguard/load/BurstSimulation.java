package io.leakguard.load;

import java.time.Duration;

/**
 * Open load: all requests of a target at once, each over a connection of its own, as a burst of API
 * traffic on cold environments. Settings are those of {@link LoadSettings}; <code>pause</code>
 * means nothing here, and a client waits 60 s for an answer when not told otherwise.
 */
public final class BurstSimulation extends LoadSimulation {
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(60);

  /** Called by Gatling. A bad setting ends the run with one line that names it. */
  public BurstSimulation() {
    super(CLIENT_TIMEOUT, true, Invocations::atOnce);
  }
}
