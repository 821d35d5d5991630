package io.leakguard.gauntlet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the guard's documents out of everything that a child printed. */
final class GuardOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Optional<String> done = Optional.empty();
  private Optional<Document> alarm = Optional.empty();
  private Optional<Document> last = Optional.empty();
  private final Map<String, Document> ofFingerprint = new LinkedHashMap<>();

  private GuardOutput() {}

  static Observation read(List<String> lines, boolean inTime) {
    GuardOutput output = new GuardOutput();
    lines.forEach(output::line);
    return output.observation(inTime);
  }

  private void line(String line) {
    if (line.startsWith(Child.DONE)) {
      done = Optional.of(line.substring(Child.DONE.length()).strip());
    } else if (line.startsWith("{") && line.contains("\"_aws\"")) {
      document(line).ifPresent(this::add);
    }
  }

  private static Optional<Document> document(String line) {
    try {
      JsonNode root = JSON.readTree(line);
      return root.has("LeakedThreads") ? Optional.of(new Document(root)) : Optional.empty();
    } catch (JsonProcessingException e) {
      // What a case prints itself.
      return Optional.empty();
    }
  }

  private void add(Document document) {
    last = Optional.of(document);
    if (document.isAlarm()) {
      alarm = last;
    }
    if (!document.fingerprint().isEmpty()) {
      ofFingerprint.put(document.fingerprint(), document);
    }
  }

  private Observation observation(boolean inTime) {
    boolean threads = last.isPresent() && last.get().leakedThreads() > 0;
    boolean beside =
        ofFingerprint.values().stream()
            .anyMatch(document -> document.isBesideThreads() && document.isAlarm());
    boolean suspect =
        (last.isPresent() && last.get().suspectThreads() > 0)
            || ofFingerprint.values().stream()
                .anyMatch(document -> document.verdict().equals("ESCAPED"));
    return new Observation(done, inTime, alarm, last, threads || beside, suspect);
  }
}
