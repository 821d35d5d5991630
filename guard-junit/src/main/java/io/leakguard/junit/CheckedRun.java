package io.leakguard.junit;

import io.leakguard.LeakScope;

/** The run that is checked as a whole, for the checks of its tests. */
final class CheckedRun {
  private static volatile LeakScope scope;

  private CheckedRun() {}

  /** Returns null while no run is checked. */
  static LeakScope scope() {
    return scope;
  }

  static void is(LeakScope running) {
    scope = running;
  }
}
