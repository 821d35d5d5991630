package io.leakguard.gauntlet;

/** A trial with what came of it. */
record Result(Trial trial, Observation observation, Judgement judgement) {
  static Result of(Trial trial, Observation observation) {
    return new Result(trial, observation, Judgement.of(trial, observation));
  }

  /** One line about a wrong case. */
  String explanation() {
    String what = trial + " " + judgement + " (" + observation.done().orElse("no end") + ")";
    String suspect = observation.suspectAtEnd() ? " suspect" : "";
    return what
        + suspect
        + observation
            .alarm()
            .or(observation::last)
            .map(document -> " " + document.summary())
            .orElse(" no document");
  }
}
