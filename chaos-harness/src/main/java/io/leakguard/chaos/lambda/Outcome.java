package io.leakguard.chaos.lambda;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How an invocation ended. */
public sealed interface Outcome {
  /** What the caller got as the body of the answer. */
  Payload body();

  /** Whether the caller got {@code X-Amz-Function-Error}. */
  default boolean isError() {
    return !(this instanceof Succeeded);
  }

  /**
   * The handler returned. An error that it answers in band, such as a {@code statusCode} of 500, is
   * a success to Lambda and to this type.
   */
  record Succeeded(Payload body) implements Outcome {}

  /**
   * The runtime client reported an error for this invocation: the handler threw, or could not be
   * loaded ({@code Runtime.BadFunctionCode}), or its answer was too large.
   *
   * @param type the {@code errorType}, such as the exception's class; empty when there was none
   * @param message the {@code errorMessage}; empty when there was none
   */
  record HandlerError(String type, String message, Payload body) implements Outcome {}

  /** The function's timeout passed and the environment was killed. */
  record TimedOut(Duration timeout, Payload body) implements Outcome {}

  /**
   * The process ended without an answer.
   *
   * @param status the exit status; 128 plus the signal's number when a signal ended it
   */
  record Exited(int status, Payload body) implements Outcome {}

  /** No environment came up for this invocation. */
  record InitError(String type, String message, Payload body) implements Outcome {}

  static Outcome initError(String type, String message) {
    return new InitError(type, message, error(type, message));
  }

  static Outcome tooLarge(int limit) {
    String type = "Function.ResponseSizeTooLarge";
    String message =
        "Response payload size exceeded maximum allowed payload size (" + limit + " bytes).";
    return new HandlerError(type, message, error(type, message));
  }

  static Outcome noAnswer(String requestId) {
    String type = "Runtime.NoResponse";
    String message = "RequestId: " + requestId + " Error: the next event was asked for instead";
    return new HandlerError(type, message, error(type, message));
  }

  static Outcome timedOut(String requestId, Duration timeout) {
    String seconds = String.format(Locale.ROOT, "%.2f", timeout.toMillis() / 1000.0);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String message = now + " " + requestId + " Task timed out after " + seconds + " seconds";
    return new TimedOut(timeout, error("Sandbox.Timedout", message));
  }

  static Outcome exited(String requestId, int status) {
    String message = "RequestId: " + requestId + " Error: " + describeExit(status);
    return new Exited(status, error("Runtime.ExitError", message));
  }

  /** Lambda's wording for the end of a runtime process. */
  static String describeExit(int status) {
    return switch (status) {
      case 0 -> "Runtime exited without providing a reason";
      case 137 -> "Runtime exited with error: signal: killed";
      case 139 -> "Runtime exited with error: signal: segmentation fault";
      default -> "Runtime exited with error: exit status " + status;
    };
  }

  private static Payload error(String type, String message) {
    JsonObject json = new JsonObject();
    json.addProperty("errorType", type);
    json.addProperty("errorMessage", message);
    return Payload.of(json.toString());
  }
}
