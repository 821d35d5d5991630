package io.leakguard.chaos.sam;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates conditions: the text true or false, or not known; a condition's own cycle included. */
final class Conditions {
  private final Value.Fields declared;
  private final Resolver resolver;
  private final Map<String, Value> known = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  Conditions(Value.Fields declared, Resolver resolver) {
    this.declared = declared;
    this.resolver = resolver;
  }

  Value named(String name, int line) {
    if (known.containsKey(name)) {
      return known.get(name);
    }
    if (!declared.values().containsKey(name)) {
      return Resolver.unknown(name, "there is no condition '" + name + "'", line);
    }
    if (!underWay.add(name)) {
      return Resolver.unknown(name, "condition '" + name + "' refers to itself", line);
    }
    Value value = resolver.resolve(asCall(declared.get(name)));
    underWay.remove(name);
    known.put(name, value);
    return value;
  }

  /** A condition may be another's name alone; as a call it takes the resolver's limits with it. */
  private static Value asCall(Value value) {
    return value instanceof Value.Fields fields && fields.values().containsKey("Condition")
        ? new Value.Fields(
            Map.of("Fn::And", new Value.Items(List.of(value), value.line())), value.line())
        : value;
  }

  Value evaluate(Value.Fields call) {
    Map.Entry<String, Value> entry = call.values().entrySet().iterator().next();
    String function = entry.getKey();
    if (!(entry.getValue() instanceof Value.Items arguments) || arguments.values().isEmpty()) {
      return Resolver.malformed(function, "a list", call.line());
    }
    return switch (function) {
      case "Fn::Equals" -> equal(arguments);
      case "Fn::Not" -> not(operand(arguments.values().get(0)));
      case "Fn::And" -> all(arguments, "false");
      default -> all(arguments, "true");
    };
  }

  private Value operand(Value value) {
    if (value instanceof Value.Fields fields
        && fields.get("Condition") instanceof Value.Text name) {
      return named(name.text(), value.line());
    }
    Value resolved = resolver.resolve(value);
    return resolved instanceof Value.Text || resolved instanceof Value.Unresolved
        ? resolved
        : Resolver.malformed("a condition", "true or false", value.line());
  }

  private Value equal(Value.Items pair) {
    if (pair.values().size() != 2) {
      return Resolver.malformed("Fn::Equals", "two values", pair.line());
    }
    Value left = resolver.resolve(pair.values().get(0));
    Value right = resolver.resolve(pair.values().get(1));
    if (left instanceof Value.Unresolved) {
      return left;
    }
    if (right instanceof Value.Unresolved) {
      return right;
    }
    boolean same =
        left instanceof Value.Text one
            && right instanceof Value.Text other
            && one.text().equals(other.text());
    return truth(same, pair.line());
  }

  private static Value not(Value value) {
    return value instanceof Value.Text text
        ? truth(!text.text().equals("true"), value.line())
        : value;
  }

  /** And and Or: one operand that decides does so whatever is not known of the others. */
  private Value all(Value.Items operands, String decisive) {
    Value unknown = null;
    for (Value operand : operands.values()) {
      Value value = operand(operand);
      if (!(value instanceof Value.Text text)) {
        unknown = value;
      } else if (text.text().equals(decisive)) {
        return value;
      }
    }
    return unknown == null ? truth(decisive.equals("false"), operands.line()) : unknown;
  }

  private static Value truth(boolean value, int line) {
    return new Value.Text(Boolean.toString(value), line);
  }
}
