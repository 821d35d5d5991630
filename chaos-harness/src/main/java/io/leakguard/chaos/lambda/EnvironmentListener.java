package io.leakguard.chaos.lambda;

/**
 * Hears what happens in the environments. Called on the harness's own threads, several at a time,
 * and every method must return at once: the local Lambda waits for it. For one environment, {@link
 * #invocationEnded} comes after all the lines that its process wrote before it answered, and before
 * the caller has the answer.
 */
public interface EnvironmentListener {
  /** Hears nothing. */
  EnvironmentListener NONE = new EnvironmentListener() {};

  /** A process was started; it has not asked for an event yet. */
  default void environmentStarted(EnvironmentInfo environment) {}

  /**
   * A process has ended.
   *
   * @param status the exit status; 128 plus the signal's number when a signal ended it
   */
  default void environmentEnded(EnvironmentInfo environment, EnvironmentEnd reason, int status) {}

  /** A process was stopped, or goes on again. */
  default void environmentFrozen(EnvironmentId environment, boolean frozen) {}

  /** An event is being delivered. */
  default void invocationStarted(EnvironmentId environment, String requestId, boolean coldStart) {}

  /** An invocation has ended, in whatever way. Called once for each that was accepted. */
  default void invocationEnded(InvocationRecord invocation) {}

  /** An invocation was refused for want of an environment. */
  default void invocationRejected(String function, String requestId) {}

  /**
   * A process wrote something.
   *
   * @param requestId the invocation that was under way, from the delivery of its event until the
   *     environment asked for the next one; null in between
   * @param line of standard output or error, one line without its end; of the framed log, one
   *     message, which may have several lines; cut at 256 KB
   * @param framed whether it came through the runtime client's logger
   */
  default void logLine(EnvironmentId environment, String requestId, String line, boolean framed) {}
}
