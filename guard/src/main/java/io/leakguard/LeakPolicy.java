package io.leakguard;

/** What a confirmed leak does to the invocation that confirms it. */
public enum LeakPolicy {
  /** Reports it and changes neither result nor exception; the default. */
  REPORT,

  /**
   * Reports it, then ends the invocation with a {@link LeakException}, where the handler itself
   * returned normally. What the handler throws is never replaced. For tests and staging: the work
   * of that invocation is done, yet its caller sees an error and may send the event again.
   *
   * <p>Only growth that is confirmed counts, and each leak fails one invocation: the one at whose
   * end it is confirmed.
   */
  FAIL
}
