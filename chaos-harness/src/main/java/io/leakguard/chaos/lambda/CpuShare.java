package io.leakguard.chaos.lambda;

import java.time.Duration;
import java.util.Optional;

/**
 * How a small function gets its part of a processor: it runs for a while and is stopped for a
 * while, in turn, as the kernel's scheduler does it in Lambda.
 *
 * @param runs above zero
 * @param stopped above zero
 */
public record CpuShare(Duration runs, Duration stopped) {
  static final int MEGABYTES_OF_A_PROCESSOR = 1_769;

  /** Longer than the kernel's 20 ms: each stop is a signal here. */
  private static final Duration PERIOD = Duration.ofMillis(100);

  public CpuShare {
    requirePositive("runs", runs);
    requirePositive("stopped", stopped);
  }

  /**
   * Returns the part of one processor that Lambda gives to a function of this size; empty where it
   * has a whole one: 1,769 MB are one vCPU.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html">Memory</a>
   */
  public static Optional<CpuShare> ofMemory(int megabytes) {
    long runs = PERIOD.toNanos() * megabytes / MEGABYTES_OF_A_PROCESSOR;
    return megabytes >= MEGABYTES_OF_A_PROCESSOR
        ? Optional.empty()
        : Optional.of(new CpuShare(Duration.ofNanos(runs), PERIOD.minus(Duration.ofNanos(runs))));
  }

  private static void requirePositive(String property, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(property + " must be above zero, was " + value);
    }
  }
}
