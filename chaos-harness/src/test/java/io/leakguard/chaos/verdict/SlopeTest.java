package io.leakguard.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlopeTest {
  private static int[] levels(String text) {
    return text.chars().map(c -> c - '0').toArray();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "012345678, 1.0", // one more with each invocation
    "022446688, 1.0", // two with every other one
    "001122334, 0.5", // one with every other one
    "012345578, 1.0" // one that was late to show
  })
  void of_steadyGrowth_isGrowthWithItsRate(String levels, double rate) {
    Slope slope = Slope.of(levels(levels));
    assertThat(slope.grows()).isTrue();
    assertThat(slope.perInvocation()).isCloseTo(rate, within(0.15));
    assertThat(slope.low()).isLessThanOrEqualTo(slope.perInvocation());
    assertThat(slope.high()).isGreaterThanOrEqualTo(slope.perInvocation());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "555555555", // flat
    "000011111", // one jump
    "000000008", // a large jump at the end
    "800000000", // a fall
    "012333333", // a pool that fills up early
    "010101010", // a thread that comes and goes
    "876543210" // healing
  })
  void of_noSteadyGrowth_isNone(String levels) {
    assertThat(Slope.of(levels(levels)).grows()).isFalse();
  }

  @Test
  void of_tooFewPoints_isNotMeasured() {
    assertThat(Slope.of(new int[] {0, 1, 2, 3})).isEqualTo(Slope.NONE);
  }

  @Test
  void of_noiseAroundALevel_isSeldomGrowth() {
    Random random = new Random(7);
    long accused =
        IntStream.range(0, 2_000)
            .filter(i -> Slope.of(random.ints(9, 0, 3).toArray()).grows())
            .count();
    assertThat(accused).isLessThan(100);
  }

  @Test
  void of_noiseAroundGrowth_isFound() {
    Random random = new Random(7);
    for (int run = 0; run < 500; run++) {
      int[] levels = IntStream.range(0, 9).map(i -> 20 + i + random.nextInt(3)).toArray();
      assertThat(Slope.of(levels).grows())
          .as("levels %s", IntStream.of(levels).boxed().toList())
          .isTrue();
    }
  }
}
