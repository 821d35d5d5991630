package io.leakguard.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private final Tally tally =
      Tally.begin(
          LoadSettings.from(
              Map.of("target", "http://127.0.0.1/a,http://127.0.0.1/b")::get, TIMEOUT));

  @Test
  void count_eachOutcome_isKeptPerTarget() {
    tally.count(0, false, Duration.ofMillis(1));
    tally.count(0, false, TIMEOUT);
    tally.count(0, true, TIMEOUT.minusNanos(1));
    tally.count(1, true, TIMEOUT);

    assertThat(tally.line()).isEqualTo("ok=2,0 failed=1,0 timedOut=0,1");
    assertThat(tally.failed()).isEqualTo(1);
    assertThat(tally.total()).isEqualTo(4);
  }

  @Test
  void begin_anotherRun_startsAtZero() {
    tally.count(0, true, Duration.ZERO);
    Tally next =
        Tally.begin(LoadSettings.from(Map.of("target", "http://127.0.0.1/a")::get, TIMEOUT));

    assertThat(Tally.latest()).isSameAs(next);
    assertThat(next.line()).isEqualTo("ok=0 failed=0 timedOut=0");
  }
}
