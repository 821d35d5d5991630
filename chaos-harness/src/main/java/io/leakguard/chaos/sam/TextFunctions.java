package io.leakguard.chaos.sam;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The intrinsic functions that make text or lists of text. */
final class TextFunctions {
  private static final int MAX_PARTS = 10_000;

  private final Resolver resolver;

  TextFunctions(Resolver resolver) {
    this.resolver = resolver;
  }

  Value call(String function, Value argument, int line) {
    return switch (function) {
      case "Fn::Sub" -> sub(argument, line);
      case "Fn::Join" -> join(resolver.resolve(argument), line);
      case "Fn::Split" -> split(resolver.resolve(argument), line);
      case "Fn::Select" -> select(resolver.resolve(argument), line);
      case "Fn::Base64" -> base64(resolver.resolve(argument), line);
      case "Fn::GetAZs" -> zones(line);
      default -> Resolver.unknown(function, function + " is not resolved locally", line);
    };
  }

  private Value sub(Value argument, int line) {
    if (argument instanceof Value.Text template) {
      return substitute(template.text(), Value.Fields.NONE, line);
    }
    if (argument instanceof Value.Items items
        && items.values().size() == 2
        && items.values().get(0) instanceof Value.Text template
        && items.values().get(1) instanceof Value.Fields variables) {
      return substitute(template.text(), variables, line);
    }
    return Resolver.malformed("Fn::Sub", "text, or text and a mapping", line);
  }

  private Value substitute(String template, Value.Fields variables, int line) {
    TextJoin join = new TextJoin(line);
    Map<String, Value> known = new HashMap<>();
    int from = 0;
    for (int at = template.indexOf("${"); at >= 0; at = template.indexOf("${", from)) {
      int end = template.indexOf('}', at);
      if (end < 0) {
        break;
      }
      join.add(template.substring(from, at));
      String name = template.substring(at + 2, end).strip();
      if (name.startsWith("!")) {
        join.add("${" + name.substring(1) + "}");
      } else {
        join.add(known.computeIfAbsent(name, each -> variable(each, variables, line)));
      }
      from = end + 1;
    }
    return join.add(template.substring(from)).value();
  }

  private Value variable(String name, Value.Fields variables, int line) {
    if (variables.values().containsKey(name)) {
      return resolver.resolve(variables.get(name));
    }
    return name.indexOf('.') > 0 ? resolver.attribute(name, line) : resolver.named(name, line);
  }

  private static Value join(Value argument, int line) {
    if (!(argument instanceof Value.Items pair)
        || pair.values().size() != 2
        || !(pair.values().get(0) instanceof Value.Text delimiter)) {
      return Resolver.malformed("Fn::Join", "a delimiter and a list", line);
    }
    if (pair.values().get(1) instanceof Value.Unresolved unknown) {
      return unknown;
    }
    if (!(pair.values().get(1) instanceof Value.Items parts)) {
      return Resolver.malformed("Fn::Join", "a delimiter and a list", line);
    }
    TextJoin join = new TextJoin(line);
    String between = "";
    for (Value part : parts.values()) {
      join.add(between).add(part);
      between = delimiter.text();
    }
    return join.value();
  }

  private static Value split(Value argument, int line) {
    if (!(argument instanceof Value.Items pair)
        || pair.values().size() != 2
        || !(pair.values().get(0) instanceof Value.Text delimiter)
        || delimiter.text().isEmpty()) {
      return Resolver.malformed("Fn::Split", "a delimiter and text", line);
    }
    if (!(pair.values().get(1) instanceof Value.Text text)) {
      return pair.values().get(1) instanceof Value.Unresolved unknown
          ? unknown
          : Resolver.malformed("Fn::Split", "a delimiter and text", line);
    }
    return new Value.Items(pieces(text.text(), delimiter.text(), line), line);
  }

  private static List<Value> pieces(String text, String delimiter, int line) {
    List<Value> pieces = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(delimiter);
        at >= 0 && pieces.size() < MAX_PARTS;
        at = text.indexOf(delimiter, from)) {
      pieces.add(new Value.Text(text.substring(from, at), line));
      from = at + delimiter.length();
    }
    pieces.add(new Value.Text(text.substring(from), line));
    return pieces;
  }

  private static Value select(Value argument, int line) {
    if (!(argument instanceof Value.Items pair) || pair.values().size() != 2) {
      return Resolver.malformed("Fn::Select", "an index and a list", line);
    }
    if (pair.values().get(1) instanceof Value.Unresolved unknown) {
      return unknown;
    }
    if (pair.values().get(1) instanceof Value.Items items
        && pair.values().get(0) instanceof Value.Text index
        && index.text().matches("\\d{1,6}")
        && Integer.parseInt(index.text()) < items.values().size()) {
      return items.values().get(Integer.parseInt(index.text()));
    }
    return Resolver.malformed("Fn::Select", "an index that its list has", line);
  }

  private static Value base64(Value argument, int line) {
    if (argument instanceof Value.Text text) {
      byte[] bytes = text.text().getBytes(StandardCharsets.UTF_8);
      return new TextJoin(line).add(Base64.getEncoder().encodeToString(bytes)).value();
    }
    return argument instanceof Value.Unresolved
        ? argument
        : Resolver.malformed("Fn::Base64", "text", line);
  }

  private static Value zones(int line) {
    List<Value> zones = new ArrayList<>();
    for (String zone : List.of("a", "b", "c")) {
      zones.add(new Value.Text(PseudoParameters.REGION + zone, line));
    }
    return new Value.Items(zones, line);
  }
}
