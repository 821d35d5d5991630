package io.leakguard.chaos.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads values from YAML, each with its rule; every error says where. */
public final class YamlReader {
  /** Some thousand shapes. */
  private static final long LARGEST = 1 << 20;

  private static final int MAX_DEPTH = 50;
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
  private static final Map<String, Duration> UNITS =
      Map.of("ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1));

  private final String file;

  /**
   * A reader of one file.
   *
   * @param file its name, for errors
   */
  public YamlReader(String file) {
    this.file = file;
  }

  /**
   * Reads a file from disk.
   *
   * @throws InputFileException when it cannot be read, is too large or is not YAML
   */
  public Node read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new InputFileException(file + ": larger than 1 MB");
      }
      return root(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new InputFileException(file + ": cannot be read: " + IoReason.of(e));
    }
  }

  /** The root of a text. */
  public Node root(String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(file).build();
    try {
      limitDepth(new Parse(settings).parseString(text));
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(() -> new InputFileException(file + ":1:1: the file is empty"));
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      throw error(mark, "not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw error(Optional.empty(), "not valid YAML: " + e.getMessage());
    }
  }

  /** The composer recurses without a limit, the parser does not: this guards the stack. */
  private void limitDepth(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > MAX_DEPTH) {
        throw error(event.getStartMark(), "nested deeper than " + MAX_DEPTH + " levels");
      }
    }
  }

  /** An error at a place. */
  public InputFileException error(Node node, String what) {
    return error(node.getStartMark(), what);
  }

  private InputFileException error(Optional<Mark> mark, String what) {
    int line = mark.map(Mark::getLine).orElse(0) + 1;
    int column = mark.map(Mark::getColumn).orElse(0) + 1;
    return new InputFileException(file + ":" + line + ":" + column + ": " + what);
  }

  /** The error for a name that is none of those there are. */
  public InputFileException unknown(Node node, String what, String name, Collection<String> names) {
    String near =
        Suggestion.of(name, names)
            .map(other -> "; did you mean '" + other + "'?")
            .orElse("; it must be one of: " + String.join(", ", names));
    return error(node, "no " + what + " '" + name + "'" + near);
  }

  /** A mapping, all of whose keys must be known. */
  public Map<String, Node> fields(Node node, String what, Collection<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      throw error(node, what + " must be a mapping with: " + String.join(", ", known));
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(tuple.getKeyNode(), "a name");
      if (!known.contains(name)) {
        throw unknown(tuple.getKeyNode(), "field of " + what, name, known);
      }
    }
    return entries(node, what);
  }

  /** A mapping whose keys are names that the user gives. */
  public Map<String, Node> entries(Node node, String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw error(node, what + " must be a mapping of names");
    }
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(tuple.getKeyNode(), "a name");
      if (entries.put(name, tuple.getValueNode()) != null) {
        throw error(tuple.getKeyNode(), "'" + name + "' is there twice");
      }
    }
    return entries;
  }

  /** The elements of a list. */
  public List<Node> list(Node node, String what) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw error(node, what + " must be a list");
  }

  /** A text that is not blank. */
  public String text(Node node, String what) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    throw error(node, what + " must be a text that is not empty");
  }

  /** A whole number within limits. */
  public long whole(Node node, String what, long min, long max) {
    String rule = what + " must be a whole number from " + min + " to " + max;
    String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (WHOLE.matcher(text).matches()) {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw error(node, rule + shown(text));
  }

  /** A duration such as {@code 300ms}, {@code 5s} or {@code 1m}, within limits. */
  public Duration duration(Node node, String what, Duration min, Duration max) {
    String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    Matcher matcher = DURATION.matcher(text);
    if (matcher.matches()) {
      Duration value = UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
      if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
        return value;
      }
    }
    throw error(
        node,
        what
            + " must be a duration such as 300ms, 5s or 1m, from "
            + min.toMillis()
            + "ms to "
            + max.toMillis()
            + "ms"
            + shown(text));
  }

  /** True or false. */
  public boolean flag(Node node, String what) {
    String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw error(node, what + " must be true or false" + shown(text));
  }

  private static String shown(String text) {
    return text.isEmpty() ? "" : ", was '" + text + "'";
  }
}
