package io.leakguard.chaos;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Events that the user gives: a JSON file, a file with one JSON document on each line ({@code
 * .jsonl}, {@code .ndjson}), or a folder of such files, which are taken in the order of their names
 * and dealt in turn.
 */
final class EventFiles {
  /** Lambda's limit for an event of a synchronous invocation: 6 MB. */
  private static final long MAX_BYTES = 6L * 1024 * 1024;

  /** So many events are kept in memory. */
  private static final int MAX_EVENTS = 10_000;

  private final List<String> events = new ArrayList<>();

  private EventFiles() {}

  /**
   * Reads events.
   *
   * @return the event of the n-th invocation
   * @throws UserError when there is none, or one is not JSON
   */
  static LongFunction<String> read(Path path) {
    EventFiles files = new EventFiles();
    files.add(path);
    if (files.events.isEmpty()) {
      throw new UserError(
          "--event has no event: "
              + path
              + "\na JSON file, a .jsonl file or a folder of them is needed");
    }
    List<String> events = List.copyOf(files.events);
    return n -> events.get((int) Math.floorMod(n, (long) events.size()));
  }

  private void add(Path path) {
    if (Files.isDirectory(path)) {
      children(path).forEach(this::addFile);
    } else if (Files.isRegularFile(path)) {
      addFile(path);
    } else {
      throw new UserError("--event must be a file or a folder: " + path);
    }
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> isLines(file) || name(file).endsWith(".json"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UserError("--event cannot be read: " + folder + " (" + IoReason.of(e) + ")", e);
    }
  }

  private static boolean isLines(Path file) {
    return name(file).endsWith(".jsonl") || name(file).endsWith(".ndjson");
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  private void addFile(Path file) {
    String text = text(file);
    if (!isLines(file)) {
      addEvent(text, file.toString());
      return;
    }
    int line = 0;
    for (String one : text.lines().toList()) {
      line++;
      if (!one.isBlank()) {
        addEvent(one, file + ":" + line);
      }
    }
  }

  private static String text(Path file) {
    try {
      if (!isLines(file) && Files.size(file) > MAX_BYTES) {
        throw new UserError("--event is larger than the 6 MB that Lambda accepts: " + file);
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserError(
          "--event cannot be read: " + file + "\nit must be a text file in UTF-8", e);
    }
  }

  private void addEvent(String text, String place) {
    if (events.size() >= MAX_EVENTS) {
      throw new UserError("--event has more than " + MAX_EVENTS + " events: " + place);
    }
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      if (text.isBlank()) {
        throw new MalformedJsonException("it is empty");
      }
      events.add(JsonParser.parseReader(reader).toString());
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("more than one value");
      }
    } catch (IOException | JsonParseException e) {
      // Of a parser's message the name of an exception's class says nothing.
      String problem = e.getMessage().replaceFirst("^java\\.io\\.\\w+: ", "");
      throw new UserError("--event is not JSON: " + place + "\n" + problem, e);
    }
  }
}
