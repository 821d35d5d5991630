package io.leakguard.gauntlet;

import io.leakguard.gauntlet.cases.Case;

/** One case on one JDK in so many invocations. */
record Trial(Case what, Jdk jdk, int invocations) {
  /** The column of the table, as {@code 17@5}. */
  String column() {
    return jdk.feature() + "@" + invocations;
  }

  @Override
  public String toString() {
    return what.name() + " " + column();
  }
}
