package io.leakguard.chaos.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The limits of a plan's values; the simulations have the same ones. */
final class PlanRules {
  private static final int MOST_INVOCATIONS = 1_000_000;
  private static final Duration HOUR = Duration.ofHours(1);

  private PlanRules() {}

  static List<URI> targets(List<URI> targets) {
    require(!targets.isEmpty(), "targets", "at least one URL", targets);
    for (URI target : targets) {
      boolean http = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
      require(
          http && target.getHost() != null, "target", "an http or https URL with a host", target);
    }
    return List.copyOf(targets);
  }

  static List<String> bodies(List<String> bodies) {
    require(!bodies.isEmpty(), "bodies", "at least one JSON event", bodies);
    for (String body : bodies) {
      require(!body.isBlank(), "body", "a JSON event", body);
    }
    return List.copyOf(bodies);
  }

  static void invocations(int invocations) {
    boolean inRange = invocations >= 1 && invocations <= MOST_INVOCATIONS;
    require(inRange, "invocations", "from 1 to " + MOST_INVOCATIONS, invocations);
  }

  static void pause(Duration pause) {
    boolean inRange = !pause.isNegative() && pause.compareTo(HOUR) <= 0;
    require(inRange, "pause", "from 0 to 1 h", pause);
  }

  static void clientTimeout(Duration timeout) {
    boolean inRange = timeout.toMillis() >= 1 && timeout.compareTo(HOUR) <= 0;
    require(inRange, "clientTimeout", "from 1 ms to 1 h", timeout);
  }

  private static void require(boolean holds, String property, String rule, Object actual) {
    if (!holds) {
      throw new IllegalArgumentException(property + " must be " + rule + ", was '" + actual + "'");
    }
  }
}
