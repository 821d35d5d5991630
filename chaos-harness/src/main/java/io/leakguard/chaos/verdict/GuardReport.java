package io.leakguard.chaos.verdict;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One document of the guard, read from a line of the function's output as any outsider would read
 * it.
 *
 * @param requestId the invocation that reported
 * @param verdict {@code ESCAPED}, {@code GROWING}, {@code BOUNDED} or {@code RECOVERED}
 * @param fingerprint the leak's identity across environments and deploys
 * @param family thread name without its numbers
 * @param groupThreads how many threads of the fingerprint are alive
 * @param leakedThreads the environment's total of threads judged leaked
 * @param state the threads' state, or empty
 * @param stack innermost frame first, maybe empty
 * @param createdBy who started them, or empty when not known
 * @param diagnosis what it means and what to change, or empty
 */
public record GuardReport(
    String requestId,
    String verdict,
    String fingerprint,
    String family,
    int groupThreads,
    int leakedThreads,
    String state,
    List<String> stack,
    String createdBy,
    String diagnosis) {
  /** What the harness counts by itself, and better: it sees the other end too. */
  private static final Set<String> NOT_OF_THREADS =
      Set.of("socket", "descriptor", "memory", "backlog");

  /** Cheap test that spares other lines the parser. */
  private static final String MARK = "\"Namespace\":\"LeakGuard\"";

  /** The threads are confirmed to grow in number from invocation to invocation. */
  public boolean growing() {
    return verdict.equals("GROWING");
  }

  /** Reads a line; empty when it is anything but a document of the guard about threads. */
  public static Optional<GuardReport> parse(String line) {
    if (!line.contains(MARK)) {
      return Optional.empty();
    }
    try {
      JsonObject root = JsonParser.parseString(line).getAsJsonObject();
      boolean isOfThreads = root.has("fingerprint") && !NOT_OF_THREADS.contains(text(root, "kind"));
      return isOfThreads ? Optional.of(read(root)) : Optional.empty();
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      // Any program may print a line that looks alike.
      return Optional.empty();
    }
  }

  private static GuardReport read(JsonObject root) {
    return new GuardReport(
        text(root, "requestId"),
        text(root, "verdict"),
        text(root, "fingerprint"),
        text(root, "family"),
        number(root, "groupThreads"),
        number(root, "LeakedThreads"),
        text(root, "state"),
        lines(root.get("stack")),
        text(root, "createdBy"),
        text(root, "diagnosis"));
  }

  private static String text(JsonObject root, String name) {
    JsonElement value = root.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  private static int number(JsonObject root, String name) {
    JsonElement value = root.get(name);
    return value == null ? 0 : (int) value.getAsDouble();
  }

  private static List<String> lines(JsonElement value) {
    if (value == null || value.isJsonNull()) {
      return List.of();
    }
    if (!value.isJsonArray()) {
      return value.getAsString().lines().map(String::strip).toList();
    }
    List<String> lines = new ArrayList<>();
    JsonArray array = value.getAsJsonArray();
    array.forEach(line -> lines.add(line.getAsString()));
    return List.copyOf(lines);
  }
}
