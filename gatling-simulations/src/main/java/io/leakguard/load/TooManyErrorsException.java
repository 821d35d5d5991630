package io.leakguard.load;

import java.util.Locale;

/**
 * A run whose share of failures is over the limit, where Gatling's own assertions cannot say so. No
 * stack trace.
 */
final class TooManyErrorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyErrorsException(long failed, long total, double maxErrorPercent) {
    super(
        String.format(
            Locale.ROOT,
            "maxErrorPercent is %s, but %d of %d requests failed before the client gave up",
            maxErrorPercent,
            failed,
            total),
        null,
        false,
        false);
  }
}
