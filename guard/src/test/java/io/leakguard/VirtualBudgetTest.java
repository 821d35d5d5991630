package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualBudgetTest {
  private static final long MILLI = 1_000_000;

  /** Looks as often as allowed; returns what each invocation took and what looks cost in it. */
  private static List<long[]> lookWhenAllowed(int invocations, long millis, long cost, int seed) {
    VirtualBudget budget = new VirtualBudget();
    Random random = new Random(seed);
    List<long[]> past = new ArrayList<>();
    for (int i = 0; i < invocations; i++) {
      long nanos =
          seed == 0 ? millis * MILLI : (long) (millis * MILLI * (0.5 + random.nextDouble()));
      budget.ended(nanos);
      boolean look = budget.allows(cost);
      if (look) {
        budget.spent(cost);
      }
      past.add(new long[] {nanos, look ? cost : 0});
    }
    return past;
  }

  private static double worstShareOfAHundred(List<long[]> past) {
    double worst = 0;
    for (int from = 0; from + 100 <= past.size(); from++) {
      long time = 0;
      long cost = 0;
      for (long[] invocation : past.subList(from, from + 100)) {
        time += invocation[0];
        cost += invocation[1];
      }
      worst = Math.max(worst, (double) cost / time);
    }
    return worst;
  }

  private static long cost(List<long[]> past) {
    return past.stream().mapToLong(invocation -> invocation[1]).sum();
  }

  private static long time(List<long[]> past) {
    return past.stream().mapToLong(invocation -> invocation[0]).sum();
  }

  @ParameterizedTest
  @CsvSource({"5,2", "5,4", "20,2", "20,5", "100,2", "100,50", "1000,2", "1000,300"})
  void allows_anyHundredInvocations_haveAtMostOnePercent(long millis, long cost) {
    for (int seed = 0; seed < 10; seed++) {
      List<long[]> past = lookWhenAllowed(5_000, millis, cost * MILLI, seed);

      assertThat(worstShareOfAHundred(past)).isLessThanOrEqualTo(0.01);
      assertThat(cost(past)).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,3", "2,100"})
  void allows_invocationsShorterThanALook_looksAreHalfAPercentInTheLongRun(long millis, long cost) {
    List<long[]> past = lookWhenAllowed(100_000, millis, cost * MILLI, 0);

    assertThat((double) cost(past) / time(past)).isBetween(0.003, 0.0051);
  }

  @Test
  void allows_firstInvocations_areTakenForTheHundredToCome() {
    VirtualBudget budget = new VirtualBudget();
    budget.ended(20 * MILLI);

    assertThat(budget.allows(5 * MILLI)).isTrue();
    assertThat(budget.allows(11 * MILLI)).isFalse();
  }

  @Test
  void allows_looksThatOverlapNothing_areFree() {
    VirtualBudget budget = new VirtualBudget();
    for (int i = 0; i < 1_000; i++) {
      budget.ended(1);
      assertThat(budget.allows(0)).isTrue();
      budget.spent(0);
    }
  }
}
