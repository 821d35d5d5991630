package io.leakguard.chaos.lambda;

/**
 * Names one execution environment of a run.
 *
 * @param function the function's name
 * @param number counts the function's environments from 1; never used twice
 */
public record EnvironmentId(String function, int number) {
  @Override
  public String toString() {
    return function + "#" + number;
  }
}
