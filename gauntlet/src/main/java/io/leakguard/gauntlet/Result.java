package io.leakguard.gauntlet;

/** A trial with what came of it. */
record Result(Trial trial, Observation observation, Judgement judgement) {
  static Result of(Trial trial, Observation observation) {
    return new Result(trial, observation, Judgement.of(trial, observation));
  }

  /** One line about a wrong case. */
  String explanation() {
    String what = trial + " " + judgement + " (" + observation.done().orElse(noEnd()) + ")";
    String suspect = observation.suspectAtEnd() ? " suspect" : "";
    return what
        + suspect
        + observation
            .alarm()
            .or(observation::last)
            .map(document -> " " + document.summary())
            .orElse(" no document");
  }

  private String noEnd() {
    return observation.inTime()
        ? "the JVM ended before its last invocation"
        : "no end within " + ChildJvm.LIMIT.toSeconds() + " s: an invocation does not return";
  }
}
