package io.leakguard.chaos.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads an accept list: a YAML sequence of entries with {@code fingerprint}, {@code reason} and
 * {@code until}, and with {@code function} and {@code shape} where it is for these only. Errors
 * name file and line.
 */
public final class AcceptFile {
  private static final Set<String> NAMES =
      Set.of("fingerprint", "function", "shape", "reason", "until");

  private final Path file;

  private AcceptFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws ResultsException when it cannot be read or is malformed
   */
  public static AcceptList read(Path file) {
    try {
      return new AcceptFile(file).parse(Files.readString(file, UTF_8));
    } catch (NoSuchFileException e) {
      throw new ResultsException(file + ": no such file (--accept)", e);
    } catch (CharacterCodingException e) {
      throw new ResultsException(file + ": an accept list must be UTF-8", e);
    } catch (IOException e) {
      throw new ResultsException(file + ": cannot be read: " + IoReason.of(e), e);
    }
  }

  private AcceptList parse(String text) {
    Node root;
    try {
      root = new Compose(LoadSettings.builder().build()).composeString(text).orElse(null);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new ResultsException(file + ":" + line + ": not YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new ResultsException(
          file + ":1: not YAML: " + e.getMessage().lines().findFirst().orElse(""), e);
    }
    if (root == null) {
      return AcceptList.NONE;
    }
    if (!(root instanceof SequenceNode sequence)) {
      throw error(root, "an accept list must be a sequence of entries: it is a " + kind(root));
    }
    List<AcceptList.Entry> entries = new ArrayList<>();
    for (Node entry : sequence.getValue()) {
      entries.add(entry(entry));
    }
    return new AcceptList(entries);
  }

  private AcceptList.Entry entry(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw error(
          node,
          "an entry must be a mapping with fingerprint, reason and until: it is a " + kind(node));
    }
    Map<String, ScalarNode> values = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = scalar(tuple.getKeyNode(), "a name").getValue();
      if (!NAMES.contains(name)) {
        throw error(
            tuple.getKeyNode(),
            "a name must be fingerprint, function, shape, reason or until: " + name);
      }
      if (values.put(name, scalar(tuple.getValueNode(), name)) != null) {
        throw error(tuple.getKeyNode(), name + " must be given once: it is there twice");
      }
    }
    return new AcceptList.Entry(
        needed(mapping, values, "fingerprint"),
        values.containsKey("function") ? values.get("function").getValue() : "",
        values.containsKey("shape") ? values.get("shape").getValue() : "",
        needed(mapping, values, "reason"),
        date(mapping, values));
  }

  private LocalDate date(Node entry, Map<String, ScalarNode> values) {
    String text = needed(entry, values, "until");
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new ResultsException(
          at(values.get("until")) + "until must be a day such as 2026-12-31: " + text, e);
    }
  }

  private String needed(Node entry, Map<String, ScalarNode> values, String name) {
    ScalarNode value = values.get(name);
    if (value == null) {
      throw error(entry, "an entry must have " + name + ": it has none");
    }
    if (value.getValue().isBlank()) {
      throw error(value, name + " must not be empty: ''");
    }
    return value.getValue().strip();
  }

  private ScalarNode scalar(Node node, String what) {
    if (node instanceof ScalarNode scalar) {
      return scalar;
    }
    throw error(node, what + " must be a text: it is a " + kind(node));
  }

  private static String kind(Node node) {
    return node instanceof MappingNode
        ? "mapping"
        : node instanceof SequenceNode ? "sequence" : "text";
  }

  private ResultsException error(Node node, String what) {
    return new ResultsException(at(node) + what);
  }

  private String at(Node node) {
    return file + ":" + node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1) + ": ";
  }
}
