package io.leakguard.chaos.verdict;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The gauges that stand in each document of the guard. */
public final class Gauges {
  private Gauges() {}

  /** Threads and descriptors as a document tells them; empty where a line is none. */
  public static Optional<Levels> of(String line) {
    if (!line.contains("\"LiveThreads\":")) {
      return Optional.empty();
    }
    try {
      JsonObject root = JsonParser.parseString(line).getAsJsonObject();
      return Optional.of(
          new Levels(
              number(root, "LiveThreads"),
              0,
              0,
              number(root, "OpenDescriptors"),
              0,
              0,
              0,
              OptionalDouble.empty(),
              Map.of()));
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      // Any program may print a line that looks alike.
      return Optional.empty();
    }
  }

  private static int number(JsonObject root, String name) {
    return root.has(name) ? (int) root.get(name).getAsDouble() : 0;
  }
}
