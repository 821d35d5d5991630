package io.leakguard.example.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template as CloudFormation would deploy it: its intrinsic functions with the values of one
 * stack. Knows those that this template uses, and refuses others.
 */
final class Stack {
  static final String NAME = "shop";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]+)}");

  private final JsonObject template;
  private final Map<String, String> parameters = new HashMap<>();
  private final String version;

  /**
   * A stack of the template.
   *
   * @param version the version that this deployment publishes, of every function
   * @param overrides parameters whose value is not the default
   */
  Stack(JsonObject template, String version, Map<String, String> overrides) {
    this.template = template;
    this.version = version;
    JsonObject declared = template.getAsJsonObject("Parameters");
    for (String name : declared.keySet()) {
      parameters.put(name, declared.getAsJsonObject(name).get("Default").getAsString());
    }
    parameters.putAll(overrides);
  }

  /** The same with every intrinsic function replaced; null stands for no value. */
  JsonElement resolve(JsonElement element) {
    if (element.isJsonArray()) {
      JsonArray array = new JsonArray();
      for (JsonElement item : element.getAsJsonArray()) {
        JsonElement value = resolve(item);
        if (!value.isJsonNull()) {
          array.add(value);
        }
      }
      return array;
    }
    if (!element.isJsonObject()) {
      return element;
    }
    JsonObject object = element.getAsJsonObject();
    if (isCall(object)) {
      String name = object.keySet().iterator().next();
      return call(name, object.get(name));
    }
    JsonObject resolved = new JsonObject();
    object.keySet().forEach(name -> resolved.add(name, resolve(object.get(name))));
    return resolved;
  }

  /** The text that the element resolves to. */
  String text(JsonElement element) {
    return resolve(element).getAsString();
  }

  private static boolean isCall(JsonObject object) {
    if (object.size() != 1) {
      return false;
    }
    String name = object.keySet().iterator().next();
    return name.equals("Ref") || name.startsWith("Fn::");
  }

  private JsonElement call(String name, JsonElement argument) {
    return switch (name) {
      case "Ref" -> reference(argument.getAsString());
      case "Fn::GetAtt" -> new JsonPrimitive(attribute(argument.getAsJsonArray()));
      case "Fn::Sub" -> new JsonPrimitive(substitute(argument));
      case "Fn::Join" -> new JsonPrimitive(join(argument.getAsJsonArray()));
      case "Fn::If" -> {
        JsonArray choice = argument.getAsJsonArray();
        yield resolve(choice.get(isTrue(choice.get(0).getAsString()) ? 1 : 2));
      }
      default -> throw new AssertionError("no value is known for " + name);
    };
  }

  private JsonElement reference(String name) {
    if (name.equals("AWS::NoValue")) {
      return JsonNull.INSTANCE;
    }
    return new JsonPrimitive(value(name));
  }

  private String value(String name) {
    if (parameters.containsKey(name)) {
      return parameters.get(name);
    }
    return switch (name) {
      case "AWS::StackName" -> NAME;
      case "AWS::Region" -> "us-east-1";
      case "AWS::URLSuffix" -> "amazonaws.com";
      default -> resource(name);
    };
  }

  /** The name of a log group or alarm where the template gives it one, else the stack's for it. */
  private String resource(String id) {
    JsonObject resources = template.getAsJsonObject("Resources");
    if (!resources.has(id)) {
      throw new AssertionError("the template has no " + id);
    }
    JsonObject properties = resources.getAsJsonObject(id).getAsJsonObject("Properties");
    for (String property : List.of("LogGroupName", "AlarmName")) {
      if (properties.has(property)) {
        return text(properties.get(property));
      }
    }
    return NAME + "-" + id;
  }

  private String attribute(JsonArray path) {
    String id = path.get(0).getAsString();
    String attribute = path.get(1).getAsString();
    return switch (attribute) {
      case "Arn" -> "arn:aws:service:us-east-1:123456789012:" + value(id);
      case "Version", "Version.Version" -> version;
      default -> throw new AssertionError("no value is known for " + id + "." + attribute);
    };
  }

  private String substitute(JsonElement argument) {
    if (!argument.isJsonArray()) {
      return substitute(argument.getAsString(), new JsonObject());
    }
    JsonArray pair = argument.getAsJsonArray();
    return substitute(pair.get(0).getAsString(), pair.get(1).getAsJsonObject());
  }

  private String substitute(String text, JsonObject variables) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(variable(found, variables)));
  }

  private String variable(MatchResult found, JsonObject variables) {
    String name = found.group(2);
    if (!found.group(1).isEmpty()) {
      return "${" + name + "}";
    }
    if (variables.has(name)) {
      return text(variables.get(name));
    }
    int dot = name.indexOf('.');
    if (dot < 0) {
      return value(name);
    }
    JsonArray path = new JsonArray();
    path.add(name.substring(0, dot));
    path.add(name.substring(dot + 1));
    return attribute(path);
  }

  private String join(JsonArray argument) {
    List<String> parts = new ArrayList<>();
    resolve(argument.get(1)).getAsJsonArray().forEach(part -> parts.add(part.getAsString()));
    return String.join(argument.get(0).getAsString(), parts);
  }

  private boolean isTrue(String condition) {
    return isTrue(template.getAsJsonObject("Conditions").get(condition));
  }

  private boolean isTrue(JsonElement condition) {
    JsonObject call = condition.getAsJsonObject();
    if (call.has("Fn::Not")) {
      return !isTrue(call.getAsJsonArray("Fn::Not").get(0));
    }
    JsonArray pair = call.getAsJsonArray("Fn::Equals");
    return text(pair.get(0)).equals(text(pair.get(1)));
  }
}
