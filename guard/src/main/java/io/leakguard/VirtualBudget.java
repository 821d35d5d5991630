package io.leakguard;

/**
 * Holds what looks cost to a share of the time of the invocations they run beside.
 *
 * <p>The rule is at most 1 % over any 100 invocations. It plans with half of that, since the
 * invocations to come may be shorter than those before. Where invocations are so short that one
 * look is more than its share of a hundred of them, looks are spaced by time alone: 0.5 % in the
 * long run, and more in the one hundred that has the look in it. Not thread-safe.
 */
final class VirtualBudget {
  static final int WINDOW = 100;

  private static final int TIMES_THE_COST = 200;

  private final long[] times = new long[WINDOW];
  private final long[] costs = new long[WINDOW];
  private int at;
  private int filled;
  private long time;
  private long cost;
  private long sinceCost;

  /** Counts an invocation; {@code nanos} is the invocation time since the one before ended. */
  void ended(long nanos) {
    at = (at + 1) % WINDOW;
    time += nanos - times[at];
    cost -= costs[at];
    times[at] = nanos;
    costs[at] = 0;
    filled = Math.min(filled + 1, WINDOW);
    sinceCost += nanos;
  }

  /** Counts nanoseconds that a look took while an invocation ran. */
  void spent(long nanos) {
    if (nanos > 0) {
      costs[at] += nanos;
      cost += nanos;
      sinceCost = 0;
    }
  }

  /** Says whether a look may begin that costs so many nanoseconds. */
  boolean allows(long nanos) {
    if ((cost + nanos) * TIMES_THE_COST * filled <= time * WINDOW) {
      return true;
    }
    return cost == 0 && sinceCost >= nanos * TIMES_THE_COST;
  }
}
