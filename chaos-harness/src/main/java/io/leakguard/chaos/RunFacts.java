package io.leakguard.chaos;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.leakguard.chaos.results.Masking;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.Upstreams;
import io.leakguard.chaos.text.ShellWord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds to the results what only the command knows: how it was called, where, and on what. */
final class RunFacts {
  private RunFacts() {}

  /**
   * Adds them.
   *
   * @param guards whose guard each function has, by logical id
   * @param arguments of the command line
   */
  static void add(
      JsonObject root, RunPlan plan, Map<String, String> guards, List<String> arguments) {
    addCommand(root, arguments, plan.project().secrets());
    if (!plan.shard().isWhole()) {
      root.addProperty("shard", plan.shard().toString());
    }
    JsonArray shapes = new JsonArray();
    plan.shapes().forEach(shape -> shapes.add(shape.name()));
    root.add("shapes", shapes);
    root.add("machine", machine());
    JsonObject functions = object(root, "functions");
    for (FunctionDefinition function : plan.project().functions()) {
      JsonObject facts = object(functions, function.logicalId());
      Preparation preparation = plan.project().preparation(function);
      fill(facts, function, preparation, plan.project());
      add(facts, "guard", guards.getOrDefault(function.logicalId(), "none"));
    }
  }

  /** Adds those of a run on functions that are deployed. */
  static void add(JsonObject root, JsonObject functions, List<String> arguments) {
    addCommand(root, arguments, Set.of());
    root.add("machine", machine());
    root.add("functions", functions);
  }

  private static void addCommand(JsonObject root, List<String> arguments, Set<String> secrets) {
    root.addProperty(
        "command",
        Installation.command()
            + arguments.stream()
                .map(word -> Masking.word(word, secrets))
                .map(word -> " " + ShellWord.of(word))
                .collect(Collectors.joining()));
  }

  private static JsonObject object(JsonObject owner, String name) {
    if (!owner.has(name)) {
      owner.add(name, new JsonObject());
    }
    return owner.getAsJsonObject(name);
  }

  private static JsonObject machine() {
    JsonObject machine = new JsonObject();
    machine.addProperty("cores", Runtime.getRuntime().availableProcessors());
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      machine.addProperty("memoryMb", system.getTotalMemorySize() >> 20);
    }
    machine.addProperty("os", system());
    return machine;
  }

  /** The distribution where it says its name. */
  private static String system() {
    String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version");
    try {
      return Files.readAllLines(Path.of("/etc/os-release")).stream()
          .filter(line -> line.startsWith("PRETTY_NAME="))
          .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", "") + ", " + kernel)
          .findFirst()
          .orElse(kernel);
    } catch (IOException e) {
      return kernel;
    }
  }

  /** What was said of the function already, by whoever ran it, stays. */
  private static void fill(
      JsonObject facts, FunctionDefinition function, Preparation preparation, Project project) {
    add(facts, "handler", function.handler());
    add(facts, "runtime", function.runtime());
    add(facts, "jdk", Integer.toString(preparation.java().feature()));
    add(facts, "artifact", preparation.artifact().location().toString());
    if (!facts.has("memoryMb")) {
      facts.addProperty("memoryMb", function.memoryMegabytes());
    }
    if (!facts.has("timeoutMs")) {
      facts.addProperty("timeoutMs", function.timeout().toMillis());
    }
    if (!facts.has("environment")) {
      JsonObject environment = object(facts, "environment");
      function
          .environment()
          .forEach(
              (name, value) ->
                  environment.addProperty(name, project.template().withoutSecrets(value)));
    }
    if (!facts.has("upstreams")) {
      JsonObject upstreams = object(facts, "upstreams");
      Upstreams.of(function).forEach(variable -> upstreams.addProperty(variable.name(), "stub"));
      project.backends().real().forEach(upstreams::addProperty);
    }
    if (!facts.has("notes")) {
      Set<String> notes = new LinkedHashSet<>(function.notes());
      notes.addAll(preparation.notes());
      JsonArray array = new JsonArray();
      notes.forEach(array::add);
      facts.add("notes", array);
    }
  }

  private static void add(JsonObject facts, String name, String value) {
    if (!facts.has(name)) {
      facts.addProperty(name, value);
    }
  }
}
