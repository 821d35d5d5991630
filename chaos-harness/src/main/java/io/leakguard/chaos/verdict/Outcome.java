package io.leakguard.chaos.verdict;

/** How an invocation ended, as far as a verdict needs it. */
public enum Outcome {
  /** An answer, and not a 5xx in band. */
  SUCCEEDED,
  /** A handler error, or an answer whose {@code statusCode} is 5xx. */
  FAILED,
  /** The function's timeout passed and the environment was killed. */
  TIMED_OUT,
  /** The environment could not start, or ended by itself. */
  CRASHED
}
