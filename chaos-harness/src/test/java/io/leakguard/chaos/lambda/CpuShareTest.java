package io.leakguard.chaos.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuShareTest {

  @ParameterizedTest
  @CsvSource({"128, 7.2", "512, 28.9", "1024, 57.8", "1768, 99.9"})
  void ofMemory_smallerThanAProcessor_runsForItsPartOfATenthOfASecond(int megabytes, double runs) {
    CpuShare share = CpuShare.ofMemory(megabytes).orElseThrow();

    assertThat(share.runs().toNanos() / 1e6).isBetween(runs, runs + 0.1);
    assertThat(share.runs().plus(share.stopped())).isEqualTo(Duration.ofMillis(100));
  }

  @ParameterizedTest
  @CsvSource({"1769", "3008", "10240"})
  void ofMemory_ofAWholeProcessor_isNone(int megabytes) {
    assertThat(CpuShare.ofMemory(megabytes)).isEmpty();
  }

  @Test
  void share_thatNeverRuns_isRefused() {
    assertThatThrownBy(() -> new CpuShare(Duration.ZERO, Duration.ofMillis(1)))
        .hasMessage("runs must be above zero, was PT0S");
  }
}
