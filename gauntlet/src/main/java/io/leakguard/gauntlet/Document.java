package io.leakguard.gauntlet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** One metric document of the guard. */
record Document(JsonNode root) {
  private static final Set<String> BESIDE_THREADS =
      Set.of("descriptor", "socket", "memory", "backlog");
  private static final List<String> KEY_PROPERTIES =
      List.of("kind", "verdict", "fingerprint", "family", "state");

  String fingerprint() {
    return text("fingerprint");
  }

  String verdict() {
    return text("verdict");
  }

  int leakedThreads() {
    return root.path("LeakedThreads").asInt();
  }

  int suspectThreads() {
    return root.path("SuspectThreads").asInt();
  }

  /** Says whether it is about something other than threads. */
  boolean isBesideThreads() {
    return BESIDE_THREADS.contains(text("kind"));
  }

  boolean isAlarm() {
    return leakedThreads() > 0 || (isBesideThreads() && verdict().equals("GROWING"));
  }

  /** One line with what a person wants to know first. */
  String summary() {
    StringBuilder summary = new StringBuilder("LeakedThreads=" + leakedThreads());
    for (String property : KEY_PROPERTIES) {
      if (root.has(property)) {
        summary.append(' ').append(property).append('=').append(text(property));
      }
    }
    if (root.has("diagnosis")) {
      JsonNode diagnosis = root.path("diagnosis");
      JsonNode kind = diagnosis.isObject() ? diagnosis.path("kind") : diagnosis;
      summary.append(" diagnosis=").append(kind.asText(kind.toString()));
    }
    JsonNode top = root.path("stack").path(0);
    return top.isMissingNode() ? summary.toString() : summary + " top=" + top.asText();
  }

  private String text(String property) {
    return root.path(property).asText("");
  }
}
