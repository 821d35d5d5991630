package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  // Close to the overflow that System.nanoTime may have.
  private long now = Long.MAX_VALUE - 1_000_000;
  private final Deadline deadline = new Deadline(Duration.ofMillis(900), () -> now);

  @Test
  void millisLeft_plentyOfTime_isTheStepsOwnLimit() throws SocketTimeoutException {
    assertThat(deadline.millisLeft(Duration.ofMillis(250))).isEqualTo(250);
  }

  @Test
  void millisLeft_littleTime_isWhatIsLeft() throws SocketTimeoutException {
    pass(Duration.ofMillis(800));

    assertThat(deadline.millisLeft(Duration.ofMillis(250))).isEqualTo(100);
  }

  @Test
  void millisLeft_lessThanOneMillisecond_isOneAndNotForever() throws SocketTimeoutException {
    pass(Duration.ofMillis(900).minusNanos(1));

    assertThat(deadline.millisLeft(Duration.ofMillis(250))).isEqualTo(1);
  }

  @Test
  void millisLeft_timeIsUp_fails() {
    pass(Duration.ofMillis(900));

    assertThatThrownBy(() -> deadline.millisLeft(Duration.ofMillis(250)))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("no time left to ask the inventory");
  }

  @Test
  void check_passesUntilTheTimeIsUp() {
    pass(Duration.ofMillis(900).minusNanos(1));
    assertThatCode(deadline::check).doesNotThrowAnyException();

    pass(Duration.ofNanos(1));
    assertThatThrownBy(deadline::check).isInstanceOf(SocketTimeoutException.class);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
