package io.leakguard.chaos.staging;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The AWS services that a staging run needs, with credentials and region as the SDK finds them.
 * Thread-safe.
 */
final class Aws implements AutoCloseable {
  /** Lambda's longest timeout, and a little for the way. */
  private static final Duration LONGEST_INVOCATION = Duration.ofSeconds(15 * 60 + 30);

  private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

  /** FilterLogEvents is throttled at a handful of calls a second for the whole account. */
  private static final int ATTEMPTS = 8;

  private final SdkHttpClient http =
      UrlConnectionHttpClient.builder().socketTimeout(LONGEST_INVOCATION).build();
  private final LambdaClient lambda;
  private final CloudWatchLogsClient logs;
  private final CloudWatchClient alarms;
  private final StsClient identity;

  private Aws(StagingConfig config) {
    RetryStrategy again =
        AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build();
    // An invocation that may have been run is not sent again: each one counts.
    lambda = client(LambdaClient.builder(), config, DefaultRetryStrategy.doNotRetry());
    logs = client(CloudWatchLogsClient.builder(), config, again);
    alarms = client(CloudWatchClient.builder(), config, again);
    identity = client(StsClient.builder(), config, again);
  }

  /**
   * Prepares the clients; nothing is called yet.
   *
   * @throws StagingException when there is no region
   */
  static Aws of(StagingConfig config) {
    // No logger is there, and none is missed.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    return asked("be prepared", () -> new Aws(config));
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(
      B builder, StagingConfig config, RetryStrategy retries) {
    ClientOverrideConfiguration.Builder override =
        ClientOverrideConfiguration.builder().retryStrategy(retries);
    if (!(builder instanceof LambdaClientBuilder)) {
      override.apiCallTimeout(LONGEST_CALL);
    }
    config.region().map(Region::of).ifPresent(builder::region);
    config.endpoint().ifPresent(builder::endpointOverride);
    return builder.httpClient(http).overrideConfiguration(override.build()).build();
  }

  LambdaClient lambda() {
    return lambda;
  }

  CloudWatchLogsClient logs() {
    return logs;
  }

  CloudWatchClient alarms() {
    return alarms;
  }

  StsClient identity() {
    return identity;
  }

  /**
   * Asks AWS.
   *
   * @param what for the message: {@code AWS could not ...}
   * @throws StagingException when AWS refuses or cannot be reached
   */
  static <T> T asked(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (SdkException e) {
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      if (said.startsWith("Unable to load credentials")) {
        throw new StagingException(
            "there are no AWS credentials\nset AWS_PROFILE, AWS_ACCESS_KEY_ID or a role", e);
      }
      throw new StagingException("AWS could not " + what + ": " + said, e);
    }
  }

  @Override
  public void close() {
    lambda.close();
    logs.close();
    alarms.close();
    identity.close();
    http.close();
  }
}
