package io.leakguard.chaos.staging;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.leakguard.chaos.scenario.FailureOf;
import io.leakguard.chaos.verdict.Failure;
import io.leakguard.chaos.verdict.Failure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Invokes a function by Lambda's Invoke. */
final class LambdaCaller implements Caller {
  /** One that was throttled has not been run: it may be sent again. */
  private static final int ATTEMPTS = 6;

  private static final long BETWEEN_MILLIS = 1_000;

  private final LambdaClient lambda;
  private final String function;

  LambdaCaller(LambdaClient lambda, Way.Invoke way) {
    this.lambda = lambda;
    this.function = way.function();
  }

  @Override
  public Reply call(String event, Optional<Duration> patience) throws InterruptedException {
    InvokeRequest.Builder request =
        InvokeRequest.builder().functionName(function).payload(SdkBytes.fromUtf8String(event));
    patience.ifPresent(time -> request.overrideConfiguration(c -> c.apiCallTimeout(time)));
    for (int attempt = 1; ; attempt++) {
      try {
        return Aws.asked("invoke " + function, () -> invoke(request.build()));
      } catch (StagingException e) {
        if (e.getCause() instanceof AbortedException) {
          throw new InterruptedException("an invocation was interrupted");
        }
        if (!(e.getCause() instanceof TooManyRequestsException) || attempt == ATTEMPTS) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS * attempt);
      }
    }
  }

  private Reply invoke(InvokeRequest request) {
    try {
      InvokeResponse response = lambda.invoke(request);
      String body = response.payload() == null ? "" : response.payload().asUtf8String();
      String id = response.responseMetadata().requestId();
      return new Reply(
          id, response.functionError() == null ? FailureOf.answer(body) : Optional.of(error(body)));
    } catch (ApiCallTimeoutException e) {
      return Reply.NONE;
    }
  }

  /** Lambda's words for how an invocation failed. */
  static Failure error(String body) {
    String type = member(body, "errorType");
    String message = member(body, "errorMessage");
    String said = FailureOf.said(type, message);
    if (type.equals("Sandbox.Timedout") || message.contains("Task timed out after")) {
      return new Failure(Kind.TIMED_OUT, "the function timed out: " + said);
    }
    if (type.startsWith("Runtime.Exit") || message.contains("Runtime exited")) {
      return new Failure(Kind.EXITED, "the JVM exited: " + said);
    }
    return type.startsWith("Runtime.") || type.startsWith("Extension.")
        ? new Failure(Kind.INIT_FAILED, "the init failed with " + said)
        : new Failure(Kind.HANDLER_ERROR, "the handler failed with " + said);
  }

  private static String member(String body, String name) {
    try {
      JsonElement root = JsonParser.parseString(body);
      boolean there = root instanceof JsonObject object && object.get(name) != null;
      return there ? root.getAsJsonObject().get(name).getAsString() : "";
    } catch (JsonParseException | UnsupportedOperationException | IllegalStateException e) {
      // Whatever it is, it is an error.
      return "";
    }
  }
}
