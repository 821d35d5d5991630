package io.leakguard.chaos.verdict;

import java.util.Arrays;

/**
 * Growth per invocation: the Theil-Sen estimate (median of the slopes of all pairs of points) with
 * Sen's 95 % interval from Kendall's statistic, corrected for ties. It is moved neither by a single
 * jump nor by a pool that fills up and stays.
 *
 * @param perInvocation the estimate
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @see <a href="https://doi.org/10.1080/01621459.1968.10480934">P. K. Sen, 1968</a>
 */
public record Slope(double perInvocation, double low, double high) {
  /** Fewer points than this carry no interval worth the name. */
  public static final int FEWEST_POINTS = 5;

  private static final double NORMAL_QUANTILE = 1.96;

  /** No growth, also for what could not be measured. */
  public static final Slope NONE = new Slope(0, 0, 0);

  /**
   * The slope of levels that were taken one invocation apart.
   *
   * @return {@link #NONE} when there are fewer than {@link #FEWEST_POINTS}
   */
  public static Slope of(int[] levels) {
    double[] invocations = new double[levels.length];
    double[] values = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      invocations[i] = i;
      values[i] = levels[i];
    }
    return of(invocations, values);
  }

  /**
   * The slope of levels that were taken at some invocations.
   *
   * @param invocations after how many invocations each was taken, rising
   * @return {@link #NONE} when there are fewer than {@link #FEWEST_POINTS}
   */
  public static Slope of(double[] invocations, double[] levels) {
    int points = levels.length;
    if (points < FEWEST_POINTS) {
      return NONE;
    }
    double[] slopes = new double[points * (points - 1) / 2];
    int next = 0;
    for (int i = 0; i < points; i++) {
      for (int j = i + 1; j < points; j++) {
        slopes[next++] = (levels[j] - levels[i]) / (invocations[j] - invocations[i]);
      }
    }
    Arrays.sort(slopes);
    double spread = NORMAL_QUANTILE * Math.sqrt(variance(levels));
    int below = (int) Math.max(0, (slopes.length - spread) / 2);
    return new Slope(median(slopes), slopes[below], slopes[slopes.length - 1 - below]);
  }

  private static double variance(double[] levels) {
    double total = term(levels.length);
    double[] sorted = levels.clone();
    Arrays.sort(sorted);
    int run = 1;
    for (int i = 1; i <= sorted.length; i++) {
      if (i < sorted.length && sorted[i] == sorted[i - 1]) {
        run++;
      } else {
        total -= term(run);
        run = 1;
      }
    }
    return total / 18;
  }

  private static double term(int count) {
    return (double) count * (count - 1) * (2 * count + 5);
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Whether the whole interval lies above 0. */
  public boolean grows() {
    return low > 0;
  }
}
