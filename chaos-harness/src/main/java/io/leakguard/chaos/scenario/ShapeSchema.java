package io.leakguard.chaos.scenario;

import com.google.gson.GsonBuilder;
import io.leakguard.chaos.verdict.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON schema of files of shapes, for editors; made from {@link Parts}. */
public final class ShapeSchema {
  private static final String DURATION = "^\\d{1,9}(ms|s|m)$";

  private ShapeSchema() {}

  /** The schema as text. */
  public static String text() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Failure shapes for LeakGuard chaos");
    root.put("type", "object");
    root.put("required", List.of("shapes"));
    root.put("additionalProperties", false);
    root.put("properties", Map.of("shapes", listOf(shape())));
    Map<String, Object> definitions = new LinkedHashMap<>();
    definitions.put("fault", anyOf(Parts.ALL));
    definitions.put("behaviour", anyOf(Parts.BEHAVIOURS));
    root.put("$defs", definitions);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root) + "\n";
  }

  private static Map<String, Object> shape() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name());
    fields.put("reproduces", described("what happens, in one line"));
    fields.put("surfaces", described("which bugs it brings out, in one line"));
    fields.put("story", described("how production comes to it"));
    fields.put("like", listOf(described("a part of a log line that does not vary")));
    fields.put("faults", listOf(Map.of("$ref", "#/$defs/fault")));
    fields.put(
        "invocations",
        numbers(
            "in each of the phases " + Phase.FAULT + " and " + Phase.FAULT_AGAIN,
            1,
            ShapeFile.MOST_INVOCATIONS));
    return object(fields, List.of("name", "reproduces", "faults"));
  }

  private static Map<String, Object> name() {
    Map<String, Object> name = described("lower-case words joined by dashes");
    name.put("pattern", "^" + ShapeFile.NAME + "$");
    return name;
  }

  /** A word where no parameter is needed, or an object of that one name. */
  private static Map<String, Object> anyOf(List<Part> parts) {
    List<Object> forms = new ArrayList<>();
    List<String> words =
        parts.stream().filter(part -> !part.needsParameters()).map(Part::name).toList();
    forms.add(Map.of("enum", words));
    for (Part part : parts) {
      forms.add(object(Map.of(part.name(), parameters(part)), List.of(part.name())));
    }
    return Map.of("anyOf", forms);
  }

  private static Map<String, Object> parameters(Part part) {
    Map<String, Object> fields = new LinkedHashMap<>();
    part.parameters().forEach(parameter -> fields.put(parameter.name(), type(parameter)));
    List<String> required =
        part.parameters().stream().filter(Parameter::required).map(Parameter::name).toList();
    Map<String, Object> object = object(fields, required);
    object.put("description", part.does());
    if (!part.needsParameters()) {
      object.put("type", List.of("object", "null"));
    }
    return object;
  }

  private static Map<String, Object> type(Parameter parameter) {
    String means = parameter.means();
    if (parameter.type() instanceof Parameter.Whole whole) {
      return numbers(means, whole.min(), whole.max());
    }
    if (parameter.type() instanceof Parameter.Time time) {
      Map<String, Object> text = described(means + ", " + range(time.min(), time.max()));
      text.put("pattern", DURATION);
      return text;
    }
    if (parameter.type() instanceof Parameter.Flag) {
      return new LinkedHashMap<>(Map.of("type", "boolean"));
    }
    if (parameter.type() instanceof Parameter.Word word) {
      return new LinkedHashMap<>(Map.of("enum", word.words()));
    }
    Map<String, Object> behaviour = Map.of("$ref", "#/$defs/behaviour");
    return parameter.type() instanceof Parameter.Behaving ? behaviour : listOf(behaviour);
  }

  private static String range(Duration min, Duration max) {
    return min.toMillis() + "ms to " + max.toMillis() + "ms";
  }

  private static Map<String, Object> described(String means) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("type", "string");
    text.put("minLength", 1);
    text.put("description", means);
    return text;
  }

  private static Map<String, Object> numbers(String means, long min, long max) {
    Map<String, Object> number = new LinkedHashMap<>();
    number.put("type", "integer");
    number.put("minimum", min);
    number.put("maximum", max);
    number.put("description", means);
    return number;
  }

  private static Map<String, Object> listOf(Object items) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("minItems", 1);
    list.put("items", items);
    return list;
  }

  private static Map<String, Object> object(Map<String, Object> fields, List<String> required) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("required", required);
    object.put("additionalProperties", false);
    object.put("properties", fields);
    return object;
  }
}
