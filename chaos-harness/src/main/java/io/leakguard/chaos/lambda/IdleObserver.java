package io.leakguard.chaos.lambda;

/**
 * Looks at an environment that is idle and runs: it has asked for its next event, is not frozen
 * yet, and gets no event before the look is over. May block; called on a thread of its own.
 */
@FunctionalInterface
public interface IdleObserver {
  /**
   * An environment is idle.
   *
   * @param invocations how many it has ended so far; 0 right after its init
   */
  void idle(EnvironmentInfo environment, long invocations);
}
