package io.leakguard.chaos.staging;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that Lambda writes about an invocation, as text or as JSON.
 *
 * @param ended whether it is about the end of it; else about its begin
 * @param took how long it took; zero at its begin
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html">the
 *     JSON form</a>
 */
record PlatformLine(String requestId, boolean ended, Duration took) {
  private static final Pattern START = Pattern.compile("START RequestId: (\\S+).*");
  private static final Pattern REPORT =
      Pattern.compile("REPORT RequestId: (\\S+)\\s+Duration: ([0-9.]+) ms.*");

  /** Reads a line; empty when it is anything else. */
  static Optional<PlatformLine> of(String line) {
    if (line.startsWith("START RequestId: ")) {
      Matcher matcher = START.matcher(line.lines().findFirst().orElse(""));
      return matcher.matches()
          ? Optional.of(new PlatformLine(matcher.group(1), false, Duration.ZERO))
          : Optional.empty();
    }
    if (line.startsWith("REPORT RequestId: ")) {
      Matcher matcher = REPORT.matcher(line.lines().findFirst().orElse(""));
      return matcher.matches()
          ? Optional.of(new PlatformLine(matcher.group(1), true, millis(matcher.group(2))))
          : Optional.empty();
    }
    boolean json = line.startsWith("{") && line.contains("\"platform.");
    return json ? ofJson(line) : Optional.empty();
  }

  private static Optional<PlatformLine> ofJson(String line) {
    try {
      JsonObject root = JsonParser.parseString(line).getAsJsonObject();
      JsonElement type = root.get("type");
      JsonObject record = root.getAsJsonObject("record");
      if (type == null || record == null || !record.has("requestId")) {
        return Optional.empty();
      }
      String id = record.get("requestId").getAsString();
      return switch (type.getAsString()) {
        case "platform.start" -> Optional.of(new PlatformLine(id, false, Duration.ZERO));
        case "platform.report" -> Optional.of(new PlatformLine(id, true, duration(record)));
        default -> Optional.empty();
      };
    } catch (JsonParseException | IllegalStateException | ClassCastException e) {
      // A function may print a line that looks alike.
      return Optional.empty();
    }
  }

  private static Duration duration(JsonObject record) {
    JsonObject metrics = record.getAsJsonObject("metrics");
    return metrics == null || !metrics.has("durationMs")
        ? Duration.ZERO
        : millis(metrics.get("durationMs").getAsString());
  }

  private static Duration millis(String text) {
    return Duration.ofNanos((long) (Double.parseDouble(text) * 1_000_000));
  }
}
