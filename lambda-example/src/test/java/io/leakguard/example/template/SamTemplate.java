package io.leakguard.example.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A template as the JSON that its YAML stands for; all scalars are texts. */
record SamTemplate(JsonObject root) {
  static final Path FILE = Path.of("..", "template.yaml");

  /** The template of this repository. */
  static SamTemplate read() {
    try (Reader reader = Files.newBufferedReader(FILE)) {
      Node node = new Compose(LoadSettings.builder().build()).composeReader(reader).orElseThrow();
      return new SamTemplate(json(node).getAsJsonObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject parameters() {
    return root.getAsJsonObject("Parameters");
  }

  Map<String, JsonObject> resources() {
    Map<String, JsonObject> resources = new TreeMap<>();
    JsonObject section = root.getAsJsonObject("Resources");
    section.keySet().forEach(id -> resources.put(id, section.getAsJsonObject(id)));
    return resources;
  }

  /** The properties of all resources of a type, by logical id. */
  Map<String, JsonObject> ofType(String type) {
    Map<String, JsonObject> found = new TreeMap<>();
    resources()
        .forEach(
            (id, resource) -> {
              if (resource.get("Type").getAsString().equals(type)) {
                found.put(id, resource.getAsJsonObject("Properties"));
              }
            });
    return found;
  }

  /** Whose metrics are told by version: all functions but those that leak on purpose. */
  Set<String> productionFunctions() {
    Map<String, JsonObject> functions = new TreeMap<>(ofType("AWS::Serverless::Function"));
    functions.keySet().removeIf(id -> resources().get(id).has("Condition"));
    return functions.keySet();
  }

  private static JsonElement json(Node node) {
    JsonElement value = untagged(node);
    String tag = node.getTag().getValue();
    if (!tag.startsWith("!")) {
      return value;
    }
    JsonObject call = new JsonObject();
    String name = tag.substring(1);
    if (name.equals("GetAtt")) {
      JsonArray path = new JsonArray();
      String[] parts = value.getAsString().split("\\.", 2);
      path.add(parts[0]);
      path.add(parts[1]);
      call.add("Fn::GetAtt", path);
    } else {
      call.add(name.equals("Ref") ? name : "Fn::" + name, value);
    }
    return call;
  }

  private static JsonElement untagged(Node node) {
    if (node instanceof MappingNode mapping) {
      JsonObject object = new JsonObject();
      for (NodeTuple entry : mapping.getValue()) {
        object.add(((ScalarNode) entry.getKeyNode()).getValue(), json(entry.getValueNode()));
      }
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      JsonArray array = new JsonArray();
      sequence.getValue().forEach(item -> array.add(json(item)));
      return array;
    }
    return new JsonPrimitive(((ScalarNode) node).getValue());
  }
}
