package io.leakguard.chaos.fleet;

import io.leakguard.chaos.text.Printable;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The connection to one account and region; where it fails, it says what the user can mend. */
public final class Aws implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final SdkHttpClient http;
  private final CloudWatchLogsClient logs;
  private final LambdaClient lambda;
  private final Region region;
  private final Retry retry;

  private Aws(AwsCredentialsProvider credentials, Region region, Retry.Pause pause) {
    this.region = region;
    this.retry = new Retry(pause, new Random());
    this.http =
        UrlConnectionHttpClient.builder().socketTimeout(ANSWER).connectionTimeout(ANSWER).build();
    this.logs = configured(CloudWatchLogsClient.builder(), credentials).build();
    this.lambda = configured(LambdaClient.builder(), credentials).build();
  }

  /** Refusals are tried again in one place, where those of too many queries are known too. */
  private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
      B builder, AwsCredentialsProvider credentials) {
    return builder
        .httpClient(http)
        .credentialsProvider(credentials)
        .region(region)
        .overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }

  /**
   * Connects; nothing is sent yet. Endpoints, keys and profiles are found as the AWS CLI finds
   * them.
   *
   * @param region its name; else that of the environment or the profile
   * @param profile its name; else the first credentials found
   * @throws FleetException where no region is known or the profile is not there
   */
  public static Aws connect(Optional<String> region, Optional<String> profile) {
    return connect(region, profile, time -> Thread.sleep(time.toMillis()));
  }

  static Aws connect(Optional<String> region, Optional<String> profile, Retry.Pause pause) {
    return explained(
        () ->
            new Aws(
                profile
                    .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                    .orElseGet(() -> DefaultCredentialsProvider.builder().build()),
                region.map(Region::of).orElseGet(() -> regionOf(profile)),
                pause));
  }

  private static Region regionOf(Optional<String> profile) {
    return DefaultAwsRegionProviderChain.builder()
        .profileName(profile.orElse(null))
        .build()
        .getRegion();
  }

  Engine engine() {
    return new InsightsEngine(logs, retry);
  }

  Account account() {
    return new SdkAccount(logs, lambda, retry, region.id());
  }

  /** Runs something, and says in plain words why AWS did not answer. */
  static <T> T explained(Supplier<T> work) {
    try {
      return work.get();
    } catch (SdkException failure) {
      throw new FleetException(explanation(failure), failure);
    }
  }

  private static String explanation(SdkException failure) {
    if (failure instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null) {
      return "AWS refused: "
          + Printable.of(refusal.awsErrorDetails().errorMessage() + "")
          + " ("
          + refusal.awsErrorDetails().errorCode()
          + ")";
    }
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith("Unable to load region")) {
      return "no AWS region is known\ngive --region, or set AWS_REGION";
    }
    if (message.startsWith("Unable to load credentials")) {
      return "no AWS credentials were found\n"
          + "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile";
    }
    boolean unanswered = failure instanceof SdkClientException && failure.getCause() != null;
    return (unanswered ? "AWS gave no answer: " : "no access to AWS: ") + Printable.of(message);
  }

  @Override
  public void close() {
    logs.close();
    lambda.close();
    http.close();
  }
}
