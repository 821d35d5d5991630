package io.leakguard.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Reads the settings, and holds a bad one back until Gatling can show it without a stack trace. */
abstract class LoadSimulation extends Simulation {
  private Invocations invocations;
  private SettingsException rejected;

  /**
   * Sets up the run.
   *
   * @param clientTimeout how long a client waits where the settings do not say
   * @param timeoutsFail whether a client's having given up counts as an error
   * @param clients what sends the requests
   */
  LoadSimulation(
      Duration clientTimeout,
      boolean timeoutsFail,
      Function<Invocations, List<PopulationBuilder>> clients) {
    try {
      LoadSettings settings = LoadSettings.fromSystemProperties(clientTimeout);
      invocations = new Invocations(settings, Tally.begin(settings));
      setUp(clients.apply(invocations))
          .protocols(Invocations.protocol())
          .assertions(timeoutsFail ? invocations.assertions() : List.of());
    } catch (SettingsException e) {
      rejected = e;
      setUp(scenario("none").exec(pause(Duration.ZERO)).injectOpen(atOnceUsers(1)));
    }
  }

  /**
   * Gatling shows a hook's exception as it is, and wraps a constructor's in one that has a stack
   * trace.
   */
  @Override
  public final void before() {
    if (rejected != null) {
      throw rejected;
    }
  }

  /** What the run is made of; only for hooks that follow {@link #before}. */
  final Invocations invocations() {
    return invocations;
  }
}
