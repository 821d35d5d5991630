package io.leakguard.chaos.sam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves intrinsic functions as far as a local run needs. What only AWS knows becomes {@link
 * Value.Unresolved}; nothing here fails the file but a template built to exhaust the reader.
 */
final class Resolver {
  private static final int MAX_STEPS = 1_000_000;
  private static final int MAX_NESTING = 200;

  private final Origin origin;
  private final Value.Fields mappings;
  private final Parameters parameters;
  private final ResourceNames resources;
  private final Conditions conditions;
  private final TextFunctions texts = new TextFunctions(this);
  private int steps;
  private int nesting;

  Resolver(Origin origin, Value.Fields template, Parameters parameters) {
    this.origin = origin;
    this.mappings = template.fields("Mappings");
    this.parameters = parameters;
    this.resources = new ResourceNames(template.fields("Resources"), this);
    this.conditions = new Conditions(template.fields("Conditions"), this);
  }

  /** The value with every intrinsic function in it replaced; {@code AWS::NoValue} entries gone. */
  Value resolve(Value value) {
    if (++steps > MAX_STEPS) {
      throw origin.error(
          value.line(), "resolving the template takes more than " + MAX_STEPS + " steps");
    }
    if (nesting >= MAX_NESTING) {
      return unknown("deep-nesting", "references are nested too deeply", value.line());
    }
    nesting++;
    try {
      return step(value);
    } finally {
      nesting--;
    }
  }

  private Value step(Value value) {
    if (value instanceof Value.Text text) {
      return TextJoin.of(text.text(), text.line());
    }
    if (value instanceof Value.Items items) {
      return items(items);
    }
    if (value instanceof Value.Fields fields) {
      return isIntrinsic(fields) ? intrinsic(fields).at(fields.line()) : fields(fields);
    }
    return value;
  }

  private Value items(Value.Items items) {
    List<Value> resolved = new ArrayList<>();
    for (Value item : items.values()) {
      Value value = resolve(item);
      if (!(value instanceof Value.Missing)) {
        resolved.add(value);
      }
    }
    return new Value.Items(resolved, items.line());
  }

  private Value fields(Value.Fields fields) {
    Map<String, Value> resolved = new LinkedHashMap<>();
    fields
        .values()
        .forEach(
            (name, field) -> {
              Value value = resolve(field);
              if (!(value instanceof Value.Missing)) {
                resolved.put(name, value);
              }
            });
    return new Value.Fields(resolved, fields.line());
  }

  /** SAM's own rule: one key, {@code Ref} or {@code Fn::...}. */
  static boolean isIntrinsic(Value.Fields fields) {
    if (fields.values().size() != 1) {
      return false;
    }
    String name = fields.values().keySet().iterator().next();
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  private Value intrinsic(Value.Fields call) {
    Map.Entry<String, Value> entry = call.values().entrySet().iterator().next();
    Value argument = entry.getValue();
    int line = call.line();
    return switch (entry.getKey()) {
      case "Ref" -> ref(argument, line);
      case "Fn::GetAtt" -> getAtt(argument, line);
      case "Fn::If" -> choose(argument, line);
      case "Fn::Equals", "Fn::And", "Fn::Or", "Fn::Not" -> conditions.evaluate(call);
      case "Fn::FindInMap" -> findInMap(argument, line);
      case "Fn::ImportValue" -> imported(argument, line);
      default -> texts.call(entry.getKey(), argument, line);
    };
  }

  /** Whether the named condition holds: the text true or false, or not known. */
  Value condition(String name, int line) {
    return conditions.named(name, line);
  }

  private Value ref(Value argument, int line) {
    return argument instanceof Value.Text name
        ? named(name.text(), line)
        : malformed("Ref", "the name of a parameter or resource", line);
  }

  /** What {@code Ref} of the name, or {@code ${name}} in a {@code Fn::Sub}, stands for. */
  Value named(String name, int line) {
    if (name.startsWith("AWS::")) {
      return PseudoParameters.get(name, line);
    }
    return parameters.get(name).orElseGet(() -> resources.ref(name, line));
  }

  private Value getAtt(Value argument, int line) {
    Value path = argument;
    if (argument instanceof Value.Items items && items.values().size() == 2) {
      Value attribute = resolve(items.values().get(1));
      path = new TextJoin(line).add(items.values().get(0)).add(".").add(attribute).value();
    }
    if (path instanceof Value.Unresolved) {
      return path;
    }
    return path instanceof Value.Text text && text.text().indexOf('.') > 0
        ? attribute(text.text(), line)
        : malformed("Fn::GetAtt", "a resource and an attribute", line);
  }

  Value attribute(String path, int line) {
    int dot = path.indexOf('.');
    return resources.attribute(path.substring(0, dot), path.substring(dot + 1), line);
  }

  private Value choose(Value argument, int line) {
    if (argument instanceof Value.Items items
        && items.values().size() == 3
        && items.values().get(0) instanceof Value.Text name) {
      Value holds = condition(name.text(), line);
      return holds instanceof Value.Text truth
          ? resolve(items.values().get(truth.text().equals("true") ? 1 : 2))
          : holds;
    }
    return malformed("Fn::If", "a condition and two values", line);
  }

  private Value findInMap(Value argument, int line) {
    if (!(resolve(argument) instanceof Value.Items keys) || keys.values().size() < 3) {
      return malformed("Fn::FindInMap", "a map and two keys", line);
    }
    Value found = mappings;
    TextJoin path = new TextJoin(line);
    for (Value key : keys.values().subList(0, 3)) {
      path.add(".").add(key);
      found =
          found instanceof Value.Fields fields && key instanceof Value.Text text
              ? fields.get(text.text())
              : new Value.Missing(line);
    }
    return found instanceof Value.Missing ? defaultOf(keys, path, line) : resolve(found);
  }

  private static Value defaultOf(Value.Items keys, TextJoin path, int line) {
    if (keys.values().size() > 3
        && keys.values().get(3) instanceof Value.Fields options
        && options.values().containsKey("DefaultValue")) {
      return options.get("DefaultValue");
    }
    Value keyPath = path.value();
    return keyPath instanceof Value.Text text
        ? unknown("map" + text.text(), "Mappings has no " + text.text().substring(1), line)
        : keyPath;
  }

  private Value imported(Value argument, int line) {
    return resolve(argument) instanceof Value.Text name
        ? unknown("import " + name.text(), "'" + name.text() + "' is another stack's output", line)
        : unknown("import", "it is another stack's output", line);
  }

  static Value malformed(String function, String need, int line) {
    return unknown(function, function + " needs " + need, line);
  }

  static Value unknown(String what, String reason, int line) {
    return new Value.Unresolved(TextJoin.placeholder(what), reason, line);
  }
}
