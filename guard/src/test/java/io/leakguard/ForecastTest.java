package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ForecastTest {
  @Test
  void invocationsLeft_isTheRestOverTheSlope() {
    assertThat(Forecast.invocationsLeft(24, 1_024, 1)).hasValue(1_000);
    assertThat(Forecast.invocationsLeft(24, 1_024, 0.5)).hasValue(2_000);
    assertThat(Forecast.invocationsLeft(1_023, 1_024, 3)).hasValue(0);
  }

  @Test
  void invocationsLeft_pastTheLimit_isNone() {
    assertThat(Forecast.invocationsLeft(2_000, 1_024, 1)).hasValue(0);
  }

  @Test
  void invocationsLeft_withoutGrowthOrLevel_isUnknown() {
    assertThat(Forecast.invocationsLeft(24, 1_024, 0)).isEmpty();
    assertThat(Forecast.invocationsLeft(24, 1_024, -1)).isEmpty();
    assertThat(Forecast.invocationsLeft(24, 1_024, Double.NaN)).isEmpty();
    assertThat(Forecast.invocationsLeft(-1, 1_024, 1)).isEmpty();
  }

  @Test
  void osThreads_countsThoseOfTheJvmToo() {
    assumeThat(Files.isDirectory(Path.of("/proc/self/task"))).isTrue();
    assertThat(Forecast.osThreads()).isGreaterThan(Thread.activeCount());
  }

  @Test
  void zombieWarning_saysWhatThreadsThatAreNoDaemonsDo() {
    assertThat(Forecast.zombieWarning(0)).isEmpty();
    assertThat(Forecast.zombieWarning(1)).startsWith("1 of them is no daemon: ");
    assertThat(Forecast.zombieWarning(7))
        .startsWith("7 of them are no daemons: ")
        .contains("OutOfMemoryError")
        .doesNotContain("\n");
  }
}
