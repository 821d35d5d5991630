package io.leakguard.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class RetryTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final Retry retry = new Retry(pauses::add, new SplittableRandom(1));
  private final Deque<SdkException> refusals = new ArrayDeque<>();

  private String answer() {
    SdkException refusal = refusals.poll();
    if (refusal != null) {
      throw refusal;
    }
    return "answer";
  }

  private static AwsServiceException refusal(int status, String code) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "400, LimitExceededException",
    "400, ThrottlingException",
    "400, TooManyRequestsException",
    "429, Anything",
    "500, InternalFailure",
    "503, ServiceUnavailableException"
  })
  void call_refusedForTheMoment_triesAgain(int status, String code) {
    refusals.add(refusal(status, code));
    refusals.add(refusal(status, code));

    assertThat(retry.call(this::answer)).isEqualTo("answer");
    assertThat(pauses).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400, AccessDeniedException",
    "400, MalformedQueryException",
    "403, ExpiredTokenException",
    "404, ResourceNotFoundException"
  })
  void call_refusedForGood_doesNotTryAgain(int status, String code) {
    refusals.add(refusal(status, code));

    assertThatThrownBy(() -> retry.call(this::answer)).isInstanceOf(AwsServiceException.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void call_refusedAllTheTime_endsAfterAFewMinutes() {
    for (int i = 0; i < 100; i++) {
      refusals.add(refusal(400, "LimitExceededException"));
    }

    assertThatThrownBy(() -> retry.call(this::answer)).isInstanceOf(AwsServiceException.class);
    Duration all = pauses.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(all).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(5));
    assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofSeconds(20)) <= 0);
    assertThat(pauses.get(3)).isGreaterThan(pauses.get(0));
  }

  @Test
  void call_noAnswer_triesFewTimes() {
    for (int i = 0; i < 100; i++) {
      refusals.add(
          SdkClientException.builder().cause(new IOException("Connection refused")).build());
    }

    assertThatThrownBy(() -> retry.call(this::answer)).isInstanceOf(SdkClientException.class);
    assertThat(pauses).hasSize(3);
  }

  @Test
  void call_noCredentials_doesNotTryAgain() {
    refusals.add(SdkClientException.create("Unable to load credentials from any of ..."));

    assertThatThrownBy(() -> retry.call(this::answer)).isInstanceOf(SdkClientException.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  void waitFor_interrupted_saysSoAndStaysInterrupted() {
    Retry interrupted =
        new Retry(
            time -> {
              throw new InterruptedException();
            },
            new SplittableRandom(1));

    assertThatThrownBy(() -> interrupted.waitFor(Duration.ofSeconds(1)))
        .isInstanceOf(FleetException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
