package io.leakguard.chaos.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

class WatchmanTest {
  private static final Duration OFTEN = Duration.ofMillis(20);

  private AlarmServer server;
  private CloudWatchClient cloudWatch;

  @BeforeEach
  void start() throws Exception {
    server = new AlarmServer();
    cloudWatch =
        CloudWatchClient.builder()
            .endpointOverride(server.address())
            .region(Region.EU_CENTRAL_1)
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .build();
  }

  @AfterEach
  void stop() {
    cloudWatch.close();
    server.close();
  }

  private static GuardRails rails(Duration longest, String... alarms) {
    return new GuardRails(
        List.of("123456789012"), List.of("s"), Optional.empty(), longest, List.of(alarms), 1, 1);
  }

  private Watchman watch(GuardRails rails) {
    return Watchman.overThisThread(cloudWatch, rails, OFTEN);
  }

  /** A wait that only an interruption ends. */
  private static void play() {
    assertThatThrownBy(() -> new CountDownLatch(1).await())
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void alarm_thatGoesOff_interruptsTheOneWhoPlays() {
    server.set("errors", "OK");
    try (Watchman watchman = watch(rails(Duration.ofMinutes(1), "errors"))) {
      assertThat(watchman.reason()).isEmpty();
      server.set("errors", "ALARM");
      play();
      assertThat(watchman.reason()).contains("stop alarm 'errors' is on: a test");
    }
  }

  @Test
  void time_thatIsOver_interruptsTheOneWhoPlays() {
    try (Watchman watchman = watch(rails(Duration.ofMillis(100)))) {
      play();
      assertThat(watchman.reason()).contains("guardRails.maximumDuration is over: 0 s");
    }
  }

  @Test
  void alarms_thatCannotBeReadAnyMore_interruptTheOneWhoPlays() {
    server.set("errors", "OK");
    try (Watchman watchman = watch(rails(Duration.ofMinutes(1), "errors"))) {
      server.breakDown();
      play();
      assertThat(watchman.reason().orElseThrow())
          .startsWith("the stop alarms cannot be read any more: AWS could not tell");
    }
  }

  @Test
  void alarm_thatIsOn_letsNothingBegin() {
    server.set("errors", "ALARM");
    assertThatThrownBy(() -> watch(rails(Duration.ofMinutes(1), "errors")))
        .hasMessage("stop alarm 'errors' is on: a test: nothing was begun");
  }

  @Test
  void alarm_withoutEnoughData_isNoReason() {
    server.set("errors", "INSUFFICIENT_DATA");
    watch(rails(Duration.ofMinutes(1), "errors")).close();
  }

  @Test
  void alarm_thatIsNotThere_isAMistakeInTheFile() {
    server.set("errors", "OK");
    assertThatThrownBy(() -> watch(rails(Duration.ofMinutes(1), "errors", "eror")))
        .hasMessage("there is no alarm 'eror' (guardRails.stopAlarms)");
  }

  @Test
  void close_endsTheWatch() {
    Watchman watchman = watch(rails(Duration.ofMillis(50)));
    watchman.close();
    assertThat(watchman.reason()).isEmpty();
  }
}
