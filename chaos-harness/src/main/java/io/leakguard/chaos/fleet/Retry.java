package io.leakguard.chaos.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tries again what AWS refuses for the moment: too many requests, too many queries at once (which
 * the SDK takes for final), and its own failures. Thread-safe.
 */
final class Retry {
  /** With the pauses between them about three minutes: other users' queries end in that time. */
  private static final int ATTEMPTS = 14;

  private static final int ATTEMPTS_WITHOUT_ANSWER = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(400);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final int SERVER_ERROR = 500;

  /** Waits; a test does not. */
  interface Pause {
    /** Waits so long, or until the thread is interrupted. */
    void of(Duration time) throws InterruptedException;
  }

  private final Pause pause;
  private final RandomGenerator dice;

  /**
   * Retries.
   *
   * @param dice thread-safe
   */
  Retry(Pause pause, RandomGenerator dice) {
    this.pause = pause;
    this.dice = dice;
  }

  /**
   * Calls until it succeeds.
   *
   * @throws SdkException the last refusal, or one that is final
   */
  <T> T call(Supplier<T> call) {
    Duration longest = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (SdkException refusal) {
        if (attempt >= attempts(refusal)) {
          throw refusal;
        }
      }
      waitFor(between(longest));
      longest = longest.multipliedBy(2);
      longest = longest.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longest;
    }
  }

  /** Half of it at least; the rest by chance, so that those who were refused do not meet again. */
  private Duration between(Duration longest) {
    long half = longest.toMillis() / 2;
    return Duration.ofMillis(half + dice.nextLong(half + 1));
  }

  /**
   * Waits.
   *
   * @throws FleetException when the thread is interrupted, which stays so
   */
  void waitFor(Duration time) {
    try {
      pause.of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FleetException("interrupted", e);
    }
  }

  private static int attempts(SdkException refusal) {
    if (refusal instanceof AwsServiceException answer) {
      return isTransient(answer) ? ATTEMPTS : 1;
    }
    boolean unanswered =
        refusal instanceof SdkClientException && refusal.getCause() instanceof IOException;
    return unanswered ? ATTEMPTS_WITHOUT_ANSWER : 1;
  }

  private static boolean isTransient(AwsServiceException answer) {
    return answer.isThrottlingException()
        || answer.statusCode() >= SERVER_ERROR
        || (answer.awsErrorDetails() != null
            && "LimitExceededException".equals(answer.awsErrorDetails().errorCode()));
  }
}
