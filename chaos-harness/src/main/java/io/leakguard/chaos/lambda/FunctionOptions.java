package io.leakguard.chaos.lambda;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a function is run here.
 *
 * @param environments how many it may have at once, which is also how many invocations may be in
 *     flight; at least 1
 * @param overflow what happens past that
 * @param freeze when an idle environment is frozen
 * @param initTimeout how long an environment may take until it asks for its first event; Lambda's
 *     limit is 10 seconds, on cores of its own
 * @param jvmOptions options after those of the managed runtime, which they may override
 * @param wrapper a program with its arguments that starts the JVM, such as one that sets limits;
 *     empty for none
 */
public record FunctionOptions(
    int environments,
    Overflow overflow,
    Freeze freeze,
    Duration initTimeout,
    List<String> jvmOptions,
    List<String> wrapper) {

  /** One environment, invocations wait up to 15 minutes, Lambda-like freeze and init limit. */
  public static final FunctionOptions DEFAULT =
      new FunctionOptions(
          1,
          Overflow.queue(Duration.ofMinutes(15)),
          Freeze.AFTER_IDLE,
          Duration.ofSeconds(10),
          List.of(),
          List.of());

  public FunctionOptions {
    if (environments < 1) {
      throw new IllegalArgumentException("environments must be at least 1, was " + environments);
    }
    Objects.requireNonNull(overflow, "overflow");
    Objects.requireNonNull(freeze, "freeze");
    if (initTimeout.isNegative() || initTimeout.isZero()) {
      throw new IllegalArgumentException("initTimeout must be above zero, was " + initTimeout);
    }
    jvmOptions = List.copyOf(jvmOptions);
    wrapper = List.copyOf(wrapper);
  }

  public FunctionOptions withEnvironments(int value) {
    return new FunctionOptions(value, overflow, freeze, initTimeout, jvmOptions, wrapper);
  }

  public FunctionOptions withOverflow(Overflow value) {
    return new FunctionOptions(environments, value, freeze, initTimeout, jvmOptions, wrapper);
  }

  public FunctionOptions withFreeze(Freeze value) {
    return new FunctionOptions(environments, overflow, value, initTimeout, jvmOptions, wrapper);
  }

  public FunctionOptions withInitTimeout(Duration value) {
    return new FunctionOptions(environments, overflow, freeze, value, jvmOptions, wrapper);
  }

  public FunctionOptions withJvmOptions(List<String> value) {
    return new FunctionOptions(environments, overflow, freeze, initTimeout, value, wrapper);
  }

  public FunctionOptions withWrapper(List<String> value) {
    return new FunctionOptions(environments, overflow, freeze, initTimeout, jvmOptions, value);
  }
}
