package io.leakguard.chaos.upstream;

import java.time.Duration;

/** The limits of a behaviour's values. */
final class Rules {
  static final int LARGEST_BODY = 64 << 20;

  private Rules() {}

  static void status(int status) {
    range("status", status, 100, 599);
  }

  static void range(String property, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          property + " must be from " + min + " to " + max + ": " + value);
    }
  }

  static void positive(String property, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(property + " must be above zero: " + value);
    }
  }
}
