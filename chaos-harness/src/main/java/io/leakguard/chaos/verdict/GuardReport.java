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
 * @param kind what it is about, such as {@code thread}, {@code virtual-thread} or {@code socket}
 * @param requestId the invocation that reported
 * @param verdict {@code ESCAPED}, {@code GROWING}, {@code BOUNDED} or {@code RECOVERED}
 * @param fingerprint the leak's identity across environments and deploys
 * @param family thread name without its numbers
 * @param groupThreads how many threads of the fingerprint are alive; of other kinds, how many there
 *     are
 * @param leakedThreads the environment's total of threads judged leaked
 * @param state the threads' state, or empty
 * @param stack innermost frame first, maybe empty
 * @param createdBy who started them, or empty when not known
 * @param diagnosis what it means and what to change, or empty
 */
public record GuardReport(
    String kind,
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
  private static final Set<String> NOT_OF_THREADS =
      Set.of("socket", "descriptor", "memory", "backlog");

  /** Cheap tests that spare other lines the parser: the namespace is the user's to choose. */
  private static final String MARK = "\"Namespace\":\"LeakGuard\"";

  private static final String METRIC = "\"SurplusThreads\":";
  private static final String SIGN_OF_LIFE = "{\"leakguard\":{\"guard\":";

  /** It is about threads, real or virtual. */
  public boolean ofThreads() {
    return !NOT_OF_THREADS.contains(kind);
  }

  /** They are confirmed to grow in number from invocation to invocation. */
  public boolean growing() {
    return verdict.equals("GROWING");
  }

  /** They are alive, and it is not decided whether they are a leak. */
  boolean suspected() {
    return verdict.equals("ESCAPED");
  }

  /** Whether a line can only come from a guard: a document, or its sign of life. */
  public static boolean isOfGuard(String line) {
    return line.startsWith(SIGN_OF_LIFE) || line.contains(METRIC) || line.contains(MARK);
  }

  /** Reads a line; empty when it is anything but a document of the guard about a finding. */
  public static Optional<GuardReport> parse(String line) {
    if (!line.contains(METRIC) && !line.contains(MARK)) {
      return Optional.empty();
    }
    try {
      JsonObject root = JsonParser.parseString(line).getAsJsonObject();
      return root.has("fingerprint") ? Optional.of(read(root)) : Optional.empty();
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      // Any program may print a line that looks alike.
      return Optional.empty();
    }
  }

  private static GuardReport read(JsonObject root) {
    String kind = text(root, "kind");
    return new GuardReport(
        kind.isEmpty() ? "thread" : kind,
        text(root, "requestId"),
        text(root, "verdict"),
        text(root, "fingerprint"),
        text(root, "family"),
        number(root, NOT_OF_THREADS.contains(kind) ? "amount" : "groupThreads"),
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
