package io.leakguard.gauntlet;

import io.leakguard.gauntlet.cases.Case;
import io.leakguard.gauntlet.cases.Kind;

/** What a trial says about the guard. */
enum Judgement {
  RIGHT("yes"),
  /** A leak without an alarm. */
  MISSED("**missed**"),
  /** An alarm about right use. */
  FALSE_ALARM("**false alarm**"),
  /** Alarm or not, too few invocations to hold against it. */
  UNDECIDED("undecided"),
  /** The child did not reach its end. */
  HARNESS_ERROR("**harness error**");

  private final String cell;

  Judgement(String cell) {
    this.cell = cell;
  }

  String cell() {
    return cell;
  }

  boolean isWrong() {
    return this == MISSED || this == FALSE_ALARM || this == HARNESS_ERROR;
  }

  static Judgement of(Trial trial, Observation observation) {
    if (observation.done().isEmpty()) {
      return HARNESS_ERROR;
    }
    Case what = trial.what();
    if (what.isUndecidableAt(trial.invocations())) {
      return asExpected(what, observation) ? RIGHT : UNDECIDED;
    }
    if (asExpected(what, observation)) {
      return RIGHT;
    }
    return what.kind() == Kind.LEAK ? MISSED : FALSE_ALARM;
  }

  private static boolean asExpected(Case what, Observation observation) {
    if (what.kind() == Kind.LEAK) {
      return observation.alarmAtEnd();
    }
    // Where the first invocations cannot decide, an early alarm may be taken back.
    return what.undecidable().isPresent() ? !observation.alarmAtEnd() : !observation.alarmEver();
  }
}
