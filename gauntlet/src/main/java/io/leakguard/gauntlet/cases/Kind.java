package io.leakguard.gauntlet.cases;

/** What a case is, and so what the guard must say about it. */
public enum Kind {
  /** Something is left behind for good: an alarm must stand at the end. */
  LEAK,
  /** Right use: no alarm may be raised at any time. */
  RIGHT
}
