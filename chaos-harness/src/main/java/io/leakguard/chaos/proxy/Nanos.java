package io.leakguard.chaos.proxy;

import java.util.concurrent.TimeUnit;

/** Times of toxics, in bounds within which sums do not overflow. */
final class Nanos {
  /** A year: for a connection the same as for ever. */
  static final long MOST_MILLIS = TimeUnit.DAYS.toMillis(365);

  private Nanos() {}

  static long ofMillis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(Math.max(0, Math.min(millis, MOST_MILLIS)));
  }

  static long ofMicros(long micros) {
    return TimeUnit.MICROSECONDS.toNanos(Math.max(0, Math.min(micros, 1_000 * MOST_MILLIS)));
  }
}
