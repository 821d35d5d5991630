package io.leakguard.chaos.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What to send. Immutable; each kind checks its values when it is made and throws {@link
 * IllegalArgumentException} with property, rule and value.
 */
public sealed interface LoadPlan {
  /** The URLs that events are posted to, at least one; all at the same time. */
  List<URI> targets();

  /** Requests per target, 1 to 1,000,000. */
  int invocations();

  /** JSON events, at least one, dealt to the targets in turn and cycled. */
  List<String> bodies();

  /**
   * After which a client closes its connection without an answer, 1 ms to 1 h; fractions of a
   * millisecond are cut.
   */
  Duration clientTimeout();

  /** Between two requests to one target, 0 to 1 h. */
  Duration pause();

  /** The simulation's name on the wire. */
  String simulation();

  /** How long the run takes if every request takes all the time it may. */
  Duration longest();

  /** One client per target, one request after the other over a kept connection. */
  record Steady(
      List<URI> targets,
      int invocations,
      Duration pause,
      List<String> bodies,
      Duration clientTimeout)
      implements LoadPlan {
    /** Checks and copies. */
    public Steady {
      targets = PlanRules.targets(targets);
      bodies = PlanRules.bodies(bodies);
      PlanRules.invocations(invocations);
      PlanRules.pause(pause);
      PlanRules.clientTimeout(clientTimeout);
    }

    @Override
    public String simulation() {
      return "steady";
    }

    @Override
    public Duration longest() {
      return clientTimeout.plus(pause).multipliedBy(invocations);
    }
  }

  /** All requests of all targets at once, each over a connection of its own. */
  record Burst(List<URI> targets, int invocations, List<String> bodies, Duration clientTimeout)
      implements LoadPlan {
    /** Checks and copies. */
    public Burst {
      targets = PlanRules.targets(targets);
      bodies = PlanRules.bodies(bodies);
      PlanRules.invocations(invocations);
      PlanRules.clientTimeout(clientTimeout);
    }

    @Override
    public Duration pause() {
      return Duration.ZERO;
    }

    @Override
    public String simulation() {
      return "burst";
    }

    @Override
    public Duration longest() {
      return clientTimeout;
    }
  }

  /**
   * As {@link Steady}, by clients whose giving up is expected: it is counted apart and is no
   * failure.
   */
  record Impatient(
      List<URI> targets,
      int invocations,
      Duration pause,
      List<String> bodies,
      Duration clientTimeout)
      implements LoadPlan {
    /** Checks and copies. */
    public Impatient {
      targets = PlanRules.targets(targets);
      bodies = PlanRules.bodies(bodies);
      PlanRules.invocations(invocations);
      PlanRules.pause(pause);
      PlanRules.clientTimeout(clientTimeout);
    }

    @Override
    public String simulation() {
      return "impatient";
    }

    @Override
    public Duration longest() {
      return clientTimeout.plus(pause).multipliedBy(invocations);
    }
  }
}
