package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** The slope rule on made-up series: what it confirms, when, and what it lets pass. */
class SlopeTest {
  private static final int NEVER = -1;

  /** Returns the first invocation in which growth is confirmed. */
  private static int confirmedIn(int invocations, IntUnaryOperator levelAt) {
    return confirmedIn(invocations, levelAt, new Slope());
  }

  private static int confirmedIn(int invocations, IntUnaryOperator levelAt, Slope slope) {
    for (int invocation = 1; invocation <= invocations; invocation++) {
      if (slope.record(levelAt.applyAsInt(invocation), invocation) && slope.isConfirmed()) {
        return invocation;
      }
    }
    return NEVER;
  }

  @Test
  void onePerInvocation_isConfirmedInTheFifth() {
    assertThat(confirmedIn(60, i -> 20 + i)).isEqualTo(5);
  }

  @Test
  void threePerInvocation_isConfirmedInTheFifth() {
    assertThat(confirmedIn(60, i -> 20 + 3 * i)).isEqualTo(5);
  }

  @Test
  void oneInEverySecond_isConfirmedByTheNinth() {
    assertThat(confirmedIn(60, i -> 20 + i / 2)).isBetween(8, 9);
    assertThat(confirmedIn(60, i -> 20 + (i + 1) / 2)).isBetween(8, 9);
  }

  @Test
  void oneInEveryTenth_isConfirmedWithItsFourth() {
    assertThat(confirmedIn(60, i -> 20 + i / 10)).isEqualTo(40);
  }

  @Test
  void unevenSizes_takeTwiceAsManyRises() {
    int[] sizes = {1, 4, 2, 7};
    assertThat(confirmedIn(60, i -> sum(sizes, i))).isEqualTo(9);
  }

  private static int sum(int[] sizes, int until) {
    int sum = 0;
    for (int i = 0; i < until; i++) {
      sum += sizes[i % sizes.length];
    }
    return sum;
  }

  @Test
  void oneInTenAtRandom_isConfirmedAsItsEvidenceSuffices() {
    int byHundred = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      byHundred += confirmedIn(100, leakAtRandom(new Random(seed), 0.1)) == NEVER ? 0 : 1;
    }
    assertThat(byHundred).isGreaterThan(900);
  }

  private static IntUnaryOperator leakAtRandom(Random random, double share) {
    int[] level = {20};
    return i -> level[0] += random.nextDouble() < share ? 1 : 0;
  }

  @Test
  void warmUpOfThree_isNeverConfirmed() {
    assertThat(confirmedIn(1_000, i -> 20 + Math.min(i, 4))).isEqualTo(NEVER);
  }

  @Test
  void warmUpThatSlowsDown_isNeverConfirmed() {
    assertThat(confirmedIn(5_000, i -> 20 + 32 - Integer.numberOfLeadingZeros(i))).isEqualTo(NEVER);
  }

  @Test
  void poolOfRandomFanOut_isRarelyConfirmed() {
    int accused = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      accused += confirmedIn(1_000, highWaterMark(new Random(seed), 50)) == NEVER ? 0 : 1;
    }
    assertThat(accused).isLessThan(20);
  }

  /** A pool that keeps as many connections as some invocation once needed. */
  private static IntUnaryOperator highWaterMark(Random random, int most) {
    int[] level = {0};
    return i -> level[0] = Math.max(level[0], 1 + random.nextInt(most));
  }

  @Test
  void noise_isNeverConfirmed() {
    for (int most : new int[] {2, 3, 5, 10, 100, 1_000}) {
      Random random = new Random(most);
      assertThat(confirmedIn(100_000, i -> 20 + random.nextInt(most))).isEqualTo(NEVER);
    }
  }

  @Test
  void leakBelowNoise_isConfirmedOnceItHasOutgrownIt() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      assertThat(confirmedIn(60, i -> 20 + i + random.nextInt(4))).isBetween(5, 60);
    }
  }

  @Test
  void leakAfterALongRest_isConfirmedByItsOwnFourRises() {
    assertThat(confirmedIn(2_000, i -> 20 + Math.min(i, 4) + Math.max(0, i - 1_000)))
        .isEqualTo(1_004);
  }

  @Test
  void growthExplainedByAPool_isNotConfirmedAndALeakAfterItIs() {
    Slope slope = new Slope();
    for (int invocation = 1; invocation <= 50; invocation++) {
      slope.excuse(20 + invocation, invocation);
    }
    assertThat(slope.isConfirmed()).isFalse();
    assertThat(confirmedAfter(slope, 51, 70)).isBetween(54, 56);
  }

  private static int confirmedAfter(Slope slope, int from, int level) {
    for (int invocation = from; invocation < from + 60; invocation++) {
      if (slope.record(level + invocation - from + 1, invocation) && slope.isConfirmed()) {
        return invocation;
      }
    }
    return NEVER;
  }

  @Test
  void fall_moreThanHalf_endsTheRun() {
    Slope slope = new Slope();
    for (int invocation = 1; invocation <= 5; invocation++) {
      slope.record(20 + invocation, invocation);
    }
    slope.record(23, 6);
    assertThat(slope.hasFallen()).isFalse();
    slope.record(22, 7);
    assertThat(slope.hasFallen()).isTrue();
    assertThat(slope.rises()).isZero();
    assertThat(slope.perInvocation()).isZero();
  }

  @Test
  void retraction_asksForMoreTheNextTime() {
    Slope slope = new Slope();
    assertThat(confirmedIn(60, i -> 20 + i, slope)).isEqualTo(5);
    slope.record(21, 6);
    slope.retracted();
    assertThat(confirmedAfter(slope, 7, 21)).isBetween(13, 17);
  }

  @Test
  void rest_isMeasuredByHowTheLevelRose() {
    assertThat(restsAfter(i -> 20 + Math.min(i, 5))).isEqualTo(25);
    assertThat(restsAfter(i -> 20 + Math.min(i / 10, 4))).isEqualTo(76);
  }

  private static int restsAfter(IntUnaryOperator levelAt) {
    Slope slope = new Slope();
    for (int invocation = 1; invocation < 1_000; invocation++) {
      slope.record(levelAt.applyAsInt(invocation), invocation);
      if (slope.isResting()) {
        return invocation;
      }
    }
    return NEVER;
  }

  @Test
  void perInvocation_isTheSlopeOfTheRun() {
    Slope slope = new Slope();
    for (int invocation = 1; invocation <= 21; invocation++) {
      slope.record(20 + invocation / 2, invocation);
    }
    assertThat(slope.perInvocation()).isEqualTo(0.5);
    assertThat(slope.first()).isEqualTo(1);
    assertThat(slope.last()).isEqualTo(21);
    assertThat(slope.high()).isEqualTo(30);
  }

  @Test
  void factor_asksForSoManyTimesAsManyRises() {
    assertThat(confirmedIn(60, i -> 20 + i, new Slope(2))).isEqualTo(9);
  }

  /** Returns the first invocation in which growth has outgrown a pool of fifty. */
  private static int outgrownIn(int invocations, IntUnaryOperator levelAt) {
    Slope slope = new Slope();
    for (int invocation = 1; invocation <= invocations; invocation++) {
      if (slope.record(levelAt.applyAsInt(invocation), invocation) && slope.hasOutgrown(50)) {
        return invocation;
      }
    }
    return NEVER;
  }

  @Test
  void hasOutgrown_onePerInvocation_isTrueAfterFifty() {
    assertThat(outgrownIn(60, i -> i)).isEqualTo(52);
  }

  @Test
  void hasOutgrown_fivePerInvocation_isTrueAtMoreThanFifty() {
    assertThat(outgrownIn(60, i -> 5 * i)).isEqualTo(12);
  }

  @Test
  void hasOutgrown_sparseRises_isTrueWithinSixtyWhereverTheyBegin() {
    for (int apart : new int[] {2, 3, 7, 10}) {
      for (int offset = 0; offset < apart; offset++) {
        int from = offset;
        assertThat(outgrownIn(60, i -> (i + from) / apart)).as("%s %s", apart, from).isPositive();
      }
    }
  }

  @Test
  void hasOutgrown_poolOfFiftyWheneverItBegins_isNeverTrue() {
    for (int begin = 0; begin < 200; begin++) {
      int from = begin;
      assertThat(outgrownIn(400, i -> Math.min(Math.max(0, i - from), 50))).isEqualTo(NEVER);
    }
  }
}
