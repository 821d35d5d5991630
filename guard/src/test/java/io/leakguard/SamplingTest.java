package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplingTest {
  private final Sampling sampling = new Sampling();

  private int looks(long from, long to, long nanos, boolean growing) {
    int looks = 0;
    for (long invocation = from; invocation <= to; invocation++) {
      if (sampling.isDue(invocation)) {
        sampling.looked(invocation, nanos, growing);
        looks++;
      }
    }
    return looks;
  }

  @Test
  void firstInvocations_areAllLookedAt() {
    assertThat(looks(1, 64, 10_000, false)).isEqualTo(64);
  }

  @Test
  void laterInvocations_areLookedAtEachSixtyFourth() {
    looks(1, 64, 9_000, false);
    assertThat(looks(65, 64 + 6_400, 9_000, false)).isBetween(99, 101);
  }

  @Test
  void dearLooks_areRarerThanCheapOnes() {
    looks(1, 64, 90_000, false);
    assertThat(looks(65, 64 + 30_000, 90_000, false)).isBetween(99, 101);
  }

  @Test
  void oneLookThatWasInterrupted_doesNotMakeTheNextRare() {
    looks(1, 64, 9_000, false);
    looks(65, 65, 50_000_000, false);
    assertThat(looks(66, 65 + 320, 9_000, false)).isBetween(4, 6);
  }

  @Test
  void growth_afterARest_isLookedAtEachTime() {
    looks(1, 1_000, 9_000, false);
    looks(1_001, 1_032, 9_000, true);
    assertThat(looks(1_033, 1_052, 9_000, true)).isEqualTo(20);
  }

  @Test
  void growthThatGoesOn_costsLittleOnAverage() {
    looks(1, 64, 9_000, true);
    assertThat(looks(65, 64 + 65_000, 9_000, true)).isLessThan(2_200);
  }
}
