package io.leakguard.chaos.lambda;

import java.time.Duration;

/**
 * How a small function gets its part of a processor: it runs for a while and is stopped for a
 * while, in turn, as the kernel's scheduler does it in Lambda.
 *
 * @param runs above zero
 * @param stopped above zero
 */
public record CpuShare(Duration runs, Duration stopped) {
  public CpuShare {
    requirePositive("runs", runs);
    requirePositive("stopped", stopped);
  }

  private static void requirePositive(String property, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(property + " must be above zero, was " + value);
    }
  }
}
