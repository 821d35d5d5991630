package io.leakguard.gauntlet.cases;

import java.util.Optional;

/**
 * One way to treat threads and descriptors, as a user's handler would.
 *
 * @param name family and case, as {@code pools/fixed-per-invocation}; unique
 * @param minJdk the first feature release that it runs on
 * @param minInvocations a run of fewer invocations says nothing about it
 * @param undecidable set where a few invocations cannot decide
 */
public record Case(
    String name,
    Kind kind,
    int minJdk,
    int minInvocations,
    Optional<Undecidable> undecidable,
    SetUp setUp) {
  /** From here on every case must be right. */
  public static final int DECISIVE = 60;

  /** Says whether the case means something on this release in so many invocations. */
  public boolean runsOn(int jdk, int invocations) {
    return jdk >= minJdk && invocations >= minInvocations;
  }

  /** Says whether so many invocations are too few to decide. */
  public boolean isUndecidableAt(int invocations) {
    return undecidable.isPresent() && invocations < DECISIVE;
  }
}
