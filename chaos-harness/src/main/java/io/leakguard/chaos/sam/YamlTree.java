package io.leakguard.chaos.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Turns YAML or JSON text into values: tags become long forms, aliases and merge keys expand. */
final class YamlTree {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_ALIASES = 10_000;

  /** A template of 1 MB has some 50,000 values; aliases can make a small file exceed any figure. */
  private static final int MAX_VALUES = 200_000;

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> YES = Set.of("yes", "true", "on");
  private static final Set<String> NO = Set.of("no", "false", "off");

  private static final Pattern LONE_DASH = Pattern.compile("(?<=[\\[,] {0,8})-(?= {0,8}[,\\]])");

  private final Origin origin;
  private int values;

  private YamlTree(Origin origin) {
    this.origin = origin;
  }

  /** Throws {@link TemplateException} unless the text is one YAML or JSON mapping. */
  static Value.Fields parse(Origin origin, String text) {
    return new YamlTree(origin).root(text);
  }

  private Value.Fields root(String text) {
    Optional<Node> node = compose(tabsAsSpaces(text));
    if (node.isEmpty()) {
      throw origin.error(0, "the template is empty");
    }
    if (value(node.get(), line(node.get()), 0) instanceof Value.Fields fields) {
      return fields;
    }
    throw origin.error(
        line(node.get()), "not a template: a mapping with Resources is needed at the top");
  }

  /** JSON may be indented with tabs, which YAML forbids; inside a JSON string no raw tab stands. */
  private static String tabsAsSpaces(String text) {
    return text.stripLeading().startsWith("{") ? text.replace('\t', ' ') : text;
  }

  private Optional<Node> compose(String text) {
    try {
      return composeStrictly(text);
    } catch (TemplateException e) {
      // YAML 1.1, which CloudFormation reads, takes a lone dash in a flow list for text: [-, x].
      String quoted = LONE_DASH.matcher(text).replaceAll("'-'");
      if (quoted.equals(text)) {
        throw e;
      }
      return composeStrictly(quoted);
    }
  }

  private Optional<Node> composeStrictly(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    try {
      limitDepth(origin, new Parse(settings).parseString(text));
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      throw malformed(e);
    } catch (ReaderException e) {
      throw unprintable(e, text);
    } catch (YamlEngineException e) {
      throw origin.error(0, "not valid YAML: " + e.getMessage());
    }
  }

  /** The composer recurses without a limit, the parser does not: this guards the stack. */
  static void limitDepth(Origin origin, Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        throw tooDeep(origin, event.getStartMark().map(Mark::getLine).orElse(-1) + 1);
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private static TemplateException tooDeep(Origin origin, int line) {
    return origin.error(line, "nested deeper than " + MAX_DEPTH + " levels");
  }

  private TemplateException malformed(MarkedYamlEngineException e) {
    String problem = "not valid YAML: " + e.getProblem();
    Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
    return mark == null
        ? origin.error(0, problem)
        : positioned(mark.getLine() + 1, mark.getColumn() + 1, problem);
  }

  private TemplateException unprintable(ReaderException e, String text) {
    int[] before = text.codePoints().limit(e.getPosition()).toArray();
    int line = 1;
    int column = 1;
    for (int codePoint : before) {
      column = codePoint == '\n' ? 1 : column + 1;
      line = codePoint == '\n' ? line + 1 : line;
    }
    String character = String.format(Locale.ROOT, "U+%04X", e.getCodePoint());
    return positioned(line, column, "not valid YAML: the character " + character);
  }

  private TemplateException positioned(int line, int column, String problem) {
    return new TemplateException(origin.at(line) + ":" + column + ": " + problem);
  }

  private Value value(Node node, int line, int depth) {
    if (depth > MAX_DEPTH) {
      throw tooDeep(origin, line);
    }
    if (++values > MAX_VALUES) {
      throw origin.error(line, "aliases make the template larger than " + MAX_VALUES + " values");
    }
    String tag = node.getTag().getValue();
    if (tag.startsWith("!") && tag.length() > 1) {
      return new Value.Fields(Map.of(longForm(tag), content(node, line, depth, true)), line);
    }
    return content(node, line, depth, false);
  }

  private static String longForm(String tag) {
    String name = tag.substring(1);
    return name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
  }

  private Value content(Node node, int line, int depth, boolean tagged) {
    if (node instanceof MappingNode mapping) {
      Map<String, Value> fields = new LinkedHashMap<>();
      addFields(mapping, fields, depth);
      return new Value.Fields(fields, line);
    }
    if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(value(item, line(item), depth + 1));
      }
      return new Value.Items(items, line);
    }
    return scalar((ScalarNode) node, tagged);
  }

  private static Value scalar(ScalarNode node, boolean tagged) {
    String text = node.getValue();
    if (!node.isPlain() || tagged) {
      return new Value.Text(text, line(node));
    }
    if (NULLS.contains(text)) {
      return new Value.Missing(line(node));
    }
    return new Value.Text(plain(text), line(node));
  }

  /** CloudFormation reads YAML 1.1, where a plain {@code yes} is the boolean true. */
  private static String plain(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (YES.contains(lower)) {
      return "true";
    }
    return NO.contains(lower) ? "false" : text;
  }

  private void addFields(MappingNode mapping, Map<String, Value> fields, int depth) {
    List<Node> merged = new ArrayList<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = key(entry.getKeyNode());
      int line = line(entry.getKeyNode());
      if (isMerge(entry.getKeyNode())) {
        merged.add(entry.getValueNode());
        continue;
      }
      // As for SAM and CloudFormation, of a key that stands twice the last counts.
      fields.put(key, value(entry.getValueNode(), line, depth + 1));
    }
    merged.forEach(node -> merge(node, fields, depth + 1));
  }

  private static boolean isMerge(Node key) {
    return key instanceof ScalarNode scalar && scalar.isPlain() && scalar.getValue().equals("<<");
  }

  /** A merge key brings what is not there yet; of several sources the first wins. */
  private void merge(Node source, Map<String, Value> fields, int depth) {
    Value value = value(source, line(source), depth);
    if (value instanceof Value.Fields more) {
      more.values().forEach(fields::putIfAbsent);
    } else if (value instanceof Value.Items items) {
      for (Value item : items.values()) {
        if (item instanceof Value.Fields more) {
          more.values().forEach(fields::putIfAbsent);
        }
      }
    }
  }

  private String key(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw origin.error(line(node), "a key must be text, not a list or a mapping");
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }
}
