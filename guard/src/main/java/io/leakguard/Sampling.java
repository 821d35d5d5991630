package io.leakguard;

/**
 * Decides after which invocations resources are looked at.
 *
 * <p>Each of the first 64; then every 64th, or more rarely where a look is dear, so that it costs
 * 0.3 us per invocation on average; and again each one while something new seems to grow, as far as
 * the looks saved up allow. An invocation that is not looked at costs one comparison. Not
 * thread-safe.
 */
final class Sampling {
  private static final int FIRST = 64;
  private static final int SPARSE = 64;
  private static final int SPARSEST = 1_024;
  private static final int MOST_SAVED = 64;
  private static final long NANOS_PER_INVOCATION = 300;

  private long next;
  private long first = -1;
  private long typicalNanos;
  private int saved;

  /** Says whether this invocation is to be looked at. */
  boolean isDue(long invocation) {
    return invocation >= next;
  }

  /** Tells what a look cost, and whether something seems to grow. */
  void looked(long invocation, long nanos, boolean growing) {
    if (first < 0) {
      first = invocation;
    }
    // One look that was interrupted says nothing about the next.
    typicalNanos = typicalNanos == 0 ? nanos : Math.min(nanos, 2 * typicalNanos);
    next = invocation + (isDense(invocation, growing) ? 1 : sparse());
  }

  private boolean isDense(long invocation, boolean growing) {
    if (invocation - first < FIRST) {
      return true;
    }
    if (growing && saved > 0) {
      saved--;
      return true;
    }
    saved = Math.min(saved + (growing ? 1 : MOST_SAVED / 4), MOST_SAVED);
    return false;
  }

  private long sparse() {
    return Math.max(SPARSE, Math.min(typicalNanos / NANOS_PER_INVOCATION, SPARSEST));
  }
}
