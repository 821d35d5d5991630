package io.leakguard.chaos.scenario;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.leakguard.chaos.lambda.Outcome;
import io.leakguard.chaos.verdict.Failure;
import io.leakguard.chaos.verdict.Failure.Kind;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Tells failures apart by what the local Lambda has seen. */
public final class FailureOf {
  /** Messages may have whole responses in them. */
  private static final int LONGEST_MESSAGE = 200;

  /** The end by SIGKILL and SIGTERM, which come from outside. */
  private static final Set<Integer> KILLED = Set.of(137, 143);

  private FailureOf() {}

  /** Empty where the invocation succeeded; a refusal has done so too, and is worth a remark. */
  static Optional<Failure> outcome(Outcome outcome) {
    if (outcome instanceof Outcome.Succeeded succeeded) {
      return answer(succeeded.body().toString());
    }
    if (outcome instanceof Outcome.TimedOut timedOut) {
      return failure(
          Kind.TIMED_OUT, "the function timed out after " + timedOut.timeout().toMillis() + " ms");
    }
    if (outcome instanceof Outcome.HandlerError error) {
      return failure(
          Kind.HANDLER_ERROR, "the handler failed with " + said(error.type(), error.message()));
    }
    if (outcome instanceof Outcome.InitError error) {
      return failure(
          Kind.INIT_FAILED, "the init failed with " + said(error.type(), error.message()));
    }
    int status = ((Outcome.Exited) outcome).status();
    return KILLED.contains(status)
        ? failure(Kind.KILLED, "the environment was killed")
        : failure(Kind.EXITED, "the JVM exited with status " + status);
  }

  /** An answer with the status of an HTTP error in band; empty for all else. */
  public static Optional<Failure> answer(String body) {
    int status = errorStatus(body).orElse(0);
    Kind kind = status >= 500 ? Kind.ERROR_ANSWER : Kind.REFUSAL;
    return status == 0 ? Optional.empty() : failure(kind, "the answer has statusCode " + status);
  }

  private static Optional<Failure> failure(Kind kind, String text) {
    return Optional.of(new Failure(kind, text));
  }

  /** An error in one line. */
  public static String said(String type, String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    String cut =
        line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "..." : line;
    String simple = type.isEmpty() ? "an error" : type;
    return cut.isEmpty() ? simple : simple + ": " + cut;
  }

  /** The status of an HTTP error in band, as API Gateway would pass it on; empty for all else. */
  private static OptionalInt errorStatus(String body) {
    if (!body.contains("\"statusCode\"")) {
      return OptionalInt.empty();
    }
    try {
      JsonElement root = JsonParser.parseString(body);
      JsonElement status = root.isJsonObject() ? root.getAsJsonObject().get("statusCode") : null;
      boolean error = status != null && status.isJsonPrimitive() && status.getAsInt() >= 400;
      return error ? OptionalInt.of(status.getAsInt()) : OptionalInt.empty();
    } catch (JsonParseException | NumberFormatException e) {
      // Text that only looks like an HTTP answer.
      return OptionalInt.empty();
    }
  }
}
