package io.leakguard.chaos.staging;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.leakguard.chaos.scenario.FailureOf;
import io.leakguard.chaos.verdict.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Invokes a function by HTTP. */
final class HttpCaller implements Caller {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Lambda's longest timeout; API Gateway gives up long before. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** The header has whole seconds. */
  private static final Duration LARGEST_SKEW = Duration.ofSeconds(3);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;

  HttpCaller(Way.Url way) {
    this.address = way.address();
  }

  @Override
  public Reply call(String event, Optional<Duration> patience) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .timeout(patience.orElse(LONGEST))
            .POST(HttpRequest.BodyPublishers.ofString(event))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      checkClock(response);
      return new Reply(
          // A function URL names the invocation; an API names its own request.
          response.headers().firstValue("x-amzn-requestid").orElse(""), failure(response));
    } catch (HttpTimeoutException e) {
      if (patience.isPresent()) {
        return Reply.NONE;
      }
      throw new StagingException("no answer from " + address + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new StagingException("no answer from " + address + ": " + e, e);
    }
  }

  /** Where answers name no invocation, lines of the log are told apart by their time. */
  private void checkClock(HttpResponse<String> response) {
    Optional<String> date = response.headers().firstValue("date");
    if (date.isEmpty()) {
      return;
    }
    try {
      Instant there = ZonedDateTime.parse(date.get(), RFC_1123_DATE_TIME).toInstant();
      Duration off = Duration.between(there, Instant.now());
      if (off.abs().compareTo(LARGEST_SKEW) > 0) {
        throw new StagingException(
            "the clock of this machine is %d s off that of %s".formatted(off.toSeconds(), address));
      }
    } catch (DateTimeParseException e) {
      // Not a date of HTTP: nothing is known of that clock.
      return;
    }
  }

  private static Optional<Failure> failure(HttpResponse<String> response) {
    int status = response.statusCode();
    if (response.headers().firstValue("x-amz-function-error").isPresent()) {
      return Optional.of(LambdaCaller.error(response.body()));
    }
    if (status >= 500) {
      return Optional.of(new Failure(Failure.Kind.ERROR_ANSWER, "the status is " + status));
    }
    return status >= 400
        ? Optional.of(new Failure(Failure.Kind.REFUSAL, "the status is " + status))
        : FailureOf.answer(response.body());
  }
}
