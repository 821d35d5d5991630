package io.leakguard.chaos.scenario;

import io.leakguard.chaos.text.InputFileException;
import io.leakguard.chaos.text.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Shapes of the user's own, combined from {@link Parts} in a YAML file. */
public final class ShapeFile {
  static final List<String> FIELDS =
      List.of("name", "reproduces", "surfaces", "story", "like", "faults", "invocations");

  /** What names look like, on the command line and in links. */
  static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  static final int MOST_INVOCATIONS = 1000;

  /** What tells a part from its parameters. */
  private record Chosen(Part part, Node at, Node parameters) {}

  private final YamlReader reader;
  private final Set<String> taken = new HashSet<>();

  private ShapeFile(YamlReader reader) {
    this.reader = reader;
    Catalogue.shapes().forEach(shape -> taken.add(shape.name()));
  }

  /**
   * Reads a file.
   *
   * @throws InputFileException when it cannot be read or breaks a rule; the message says where
   */
  public static List<Shape> read(Path file) {
    YamlReader reader = new YamlReader(file.toString());
    return new ShapeFile(reader).shapes(reader.read(file));
  }

  static List<Shape> parse(String file, String text) {
    YamlReader reader = new YamlReader(file);
    return new ShapeFile(reader).shapes(reader.root(text));
  }

  private List<Shape> shapes(Node root) {
    Node shapes = reader.fields(root, "the file", List.of("shapes")).get("shapes");
    if (shapes == null) {
      throw reader.error(root, "the file must have a list 'shapes'");
    }
    List<Shape> read = new ArrayList<>();
    reader.list(shapes, "shapes").forEach(node -> read.add(shape(node)));
    if (read.isEmpty()) {
      throw reader.error(shapes, "shapes must hold at least one");
    }
    return read;
  }

  private Shape shape(Node node) {
    Map<String, Node> fields = reader.fields(node, "a shape", FIELDS);
    String name = required(node, fields, "name");
    if (!name.matches(NAME)) {
      throw reader.error(
          fields.get("name"), "name must be lower-case words joined by dashes, was '" + name + "'");
    }
    if (!taken.add(name)) {
      throw reader.error(fields.get("name"), "there is a shape '" + name + "' already");
    }
    Shape shape =
        Shape.of(
                name,
                required(node, fields, "reproduces"),
                fields.containsKey("surfaces") ? text(fields, "surfaces") : "what its author hopes",
                faults(node, fields).toArray(Fault[]::new))
            .withStory(fields.containsKey("story") ? text(fields, "story") : "")
            .like(like(fields));
    return fields.containsKey("invocations")
        ? shape.withFaultInvocations(
            (int) reader.whole(fields.get("invocations"), "invocations", 1, MOST_INVOCATIONS))
        : shape;
  }

  private String required(Node node, Map<String, Node> fields, String name) {
    if (!fields.containsKey(name)) {
      throw reader.error(node, "a shape must have '" + name + "'");
    }
    return text(fields, name);
  }

  private String text(Map<String, Node> fields, String name) {
    return reader.text(fields.get(name), name);
  }

  private String[] like(Map<String, Node> fields) {
    Node like = fields.get("like");
    return like == null
        ? new String[0]
        : reader.list(like, "like").stream()
            .map(line -> reader.text(line, "a line of 'like'"))
            .toArray(String[]::new);
  }

  private List<Fault> faults(Node node, Map<String, Node> fields) {
    Node list = fields.get("faults");
    if (list == null) {
      throw reader.error(node, "a shape must have 'faults'");
    }
    List<Fault> faults = new ArrayList<>();
    Set<Class<?>> kinds = new HashSet<>();
    for (Node each : reader.list(list, "faults")) {
      Chosen chosen = choose(each, Parts.ALL);
      Fault fault = make(chosen);
      if (!kinds.add(fault.getClass()) && !(fault instanceof ConnectionFault.Disturb)) {
        throw reader.error(
            each,
            "'"
                + chosen.part().name()
                + "' and a fault before it exclude"
                + " each other: one shape has at most one of their kind");
      }
      faults.add(fault);
    }
    if (faults.isEmpty()) {
      throw reader.error(list, "faults must hold at least one");
    }
    if (Setup.of(faults).contradictory()) {
      throw reader.error(
          list, "some of these faults need the proxy, and others that there is none");
    }
    return faults;
  }

  /** Either a word, or a mapping of one word to parameters. */
  private Chosen choose(Node node, List<Part> among) {
    Node key = node;
    Node parameters = null;
    if (node instanceof MappingNode mapping && mapping.getValue().size() == 1) {
      key = mapping.getValue().get(0).getKeyNode();
      parameters = mapping.getValue().get(0).getValueNode();
    } else if (!(node instanceof ScalarNode)) {
      throw reader.error(node, "a fault must be a name, or one name with its parameters");
    }
    String name = reader.text(key, "the name of a fault");
    Node at = key;
    Part part =
        Parts.find(name, among)
            .orElseThrow(
                () -> reader.unknown(at, "fault", name, among.stream().map(Part::name).toList()));
    return new Chosen(part, key, parameters);
  }

  private Fault make(Chosen chosen) {
    Map<String, Node> given = given(chosen);
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : chosen.part().parameters()) {
      Node node = given.get(parameter.name());
      if (node == null && parameter.required()) {
        throw reader.error(
            chosen.at(),
            "'"
                + chosen.part().name()
                + "' must have '"
                + parameter.name()
                + "': "
                + parameter.means());
      }
      values.put(parameter.name(), node == null ? parameter.absent() : value(parameter, node));
    }
    try {
      return chosen.part().maker().apply(new Part.Values(values));
    } catch (IllegalArgumentException e) {
      throw reader.error(chosen.at(), "'" + chosen.part().name() + "': " + e.getMessage());
    }
  }

  private Map<String, Node> given(Chosen chosen) {
    boolean none =
        chosen.parameters() == null
            || (chosen.parameters() instanceof ScalarNode scalar && scalar.getValue().isEmpty());
    return none
        ? Map.of()
        : reader.fields(
            chosen.parameters(), "'" + chosen.part().name() + "'", chosen.part().parameterNames());
  }

  private Object value(Parameter parameter, Node node) {
    String name = "'" + parameter.name() + "'";
    if (parameter.type() instanceof Parameter.Whole whole) {
      return reader.whole(node, name, whole.min(), whole.max());
    }
    if (parameter.type() instanceof Parameter.Time time) {
      return reader.duration(node, name, time.min(), time.max());
    }
    if (parameter.type() instanceof Parameter.Flag) {
      return reader.flag(node, name);
    }
    if (parameter.type() instanceof Parameter.Word word) {
      String text = reader.text(node, name);
      if (!word.words().contains(text)) {
        throw reader.unknown(node, "value of " + name, text, word.words());
      }
      return text;
    }
    if (parameter.type() instanceof Parameter.Behaving) {
      return behaviour(node);
    }
    return reader.list(node, name).stream().map(this::behaviour).toList();
  }

  private Object behaviour(Node node) {
    UpstreamFault.Behaves fault = (UpstreamFault.Behaves) make(choose(node, Parts.BEHAVIOURS));
    return fault.behaviour();
  }
}
