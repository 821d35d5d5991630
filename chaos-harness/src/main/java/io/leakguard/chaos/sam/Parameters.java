package io.leakguard.chaos.sam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The template's parameters with the values of this run: the user's, else their defaults. */
final class Parameters {
  private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");

  private final Origin origin;
  private final Value.Fields declared;
  private final Map<String, String> given;
  private final Map<String, Value> values = new HashMap<>();

  /** Throws {@link TemplateException} where an override breaks a rule of its parameter. */
  Parameters(Origin origin, Value.Fields declared, Overrides overrides) {
    this.origin = origin;
    this.declared = declared;
    overrides.parameters().keySet().forEach(this::requireDeclared);
    this.given = new HashMap<>(overrides.configured());
    given.putAll(overrides.parameters());
    declared.values().keySet().forEach(name -> values.put(name, value(name)));
  }

  Optional<Value> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private void requireDeclared(String name) {
    if (!declared.values().containsKey(name)) {
      throw origin.error(
          declared.line(),
          "there is no parameter '" + name + "' to give a value to",
          declared.values().isEmpty()
              ? "the template declares none"
              : "declared: " + String.join(", ", declared.values().keySet()));
    }
  }

  private Value value(String name) {
    Value.Fields declaration = declared.fields(name);
    String type = text(declaration.get("Type"));
    String value = given.get(name);
    int line = declared.get(name).line();
    if (value == null && type.startsWith("AWS::SSM::Parameter::Value")) {
      return Resolver.unknown(
          "ssm " + text(declaration.get("Default")),
          "parameter '" + name + "' is read from Systems Manager; " + advice(name),
          line);
    }
    if (value == null && !(declaration.get("Default") instanceof Value.Text)) {
      return Resolver.unknown(
          "parameter " + name, "parameter '" + name + "' has no default; " + advice(name), line);
    }
    value = value == null ? text(declaration.get("Default")) : value;
    check(name, declaration, type, value);
    return isList(type) ? list(value, line) : TextJoin.of(value, line);
  }

  private static String advice(String name) {
    return "give it a value with --parameter " + name + "=VALUE";
  }

  private void check(String name, Value.Fields declaration, String type, String value) {
    List<String> allowed = texts(declaration.get("AllowedValues"));
    List<String> parts = isList(type) ? parts(value) : List.of(value);
    for (String part : parts) {
      if (!allowed.isEmpty() && !allowed.contains(part)) {
        throw refused(name, value, "AllowedValues are " + String.join(", ", allowed));
      }
      if (type.contains("Number") && !NUMBER.matcher(part).matches()) {
        throw refused(name, value, "Type is " + type);
      }
    }
  }

  private TemplateException refused(String name, String value, String rule) {
    boolean secret = text(declared.fields(name).get("NoEcho")).equals("true");
    String shown = secret ? Secrets.MASK : value;
    return origin.error(
        declared.get(name).line(), "parameter '" + name + "' is '" + shown + "': its " + rule);
  }

  /** The values of the parameters that are declared with {@code NoEcho}. */
  List<String> secrets() {
    return declared.values().keySet().stream()
        .filter(name -> text(declared.fields(name).get("NoEcho")).equals("true"))
        .map(values::get)
        .filter(Value.Text.class::isInstance)
        .map(Parameters::text)
        .toList();
  }

  private static boolean isList(String type) {
    return type.equals("CommaDelimitedList") || type.startsWith("List<");
  }

  private static Value list(String value, int line) {
    List<Value> items = new ArrayList<>();
    parts(value).forEach(part -> items.add(new Value.Text(part, line)));
    return new Value.Items(items, line);
  }

  private static List<String> parts(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::strip).collect(Collectors.toList());
  }

  private static List<String> texts(Value value) {
    return value instanceof Value.Items items
        ? items.values().stream().map(Parameters::text).collect(Collectors.toList())
        : List.of();
  }

  private static String text(Value value) {
    return value instanceof Value.Text text ? text.text() : "";
  }
}
