package io.leakguard.chaos.lambda;

/** Why an environment ended. */
public enum EnvironmentEnd {
  /** Its process ended by itself, or something outside the harness ended it. */
  EXITED,
  /** An invocation passed the function's timeout. */
  TIMED_OUT,
  /**
   * It answered an invocation and then did not ask for another event before that invocation's
   * deadline: the JVM lives, its runtime client does not.
   */
  HUNG,
  /** It did not ask for its first event in time. */
  INIT_TIMED_OUT,
  /** It closed or lost the connection on which it waited for an event. */
  CONNECTION_LOST,
  /** The harness no longer wanted it. */
  CLOSED
}
