package io.leakguard.example.template;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The metric documents that the guard wrote in a JVM of its own, about a function that leaks. */
final class EmittedDocuments {
  static final String FUNCTION = "shop-OrdersApiFunction";
  static final String VERSION = "7";

  private static final String ENVIRONMENT = "io.leakguard.example.LeakingEnvironment";
  private static final Path ERRORS = Path.of("target", "child-errors.txt");

  /** Those that Lambda sets and the guard or its metrics library reads, and the guard's own. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "AWS_EXECUTION_ENV", "AWS_Lambda_java17",
          "AWS_LAMBDA_FUNCTION_NAME", FUNCTION,
          "AWS_LAMBDA_FUNCTION_VERSION", VERSION,
          "AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[7]0123456789abcdef0123456789abcdef",
          "LEAKGUARD_SERVICE_NAME", "orders",
          "LEAKGUARD_COMMIT", "81eee9e");

  private static EmittedDocuments emitted;

  private final List<JsonObject> documents = new ArrayList<>();
  private final Set<String> signOfLife = new TreeSet<>();

  private EmittedDocuments(String output) {
    for (String line : output.split("\n", -1)) {
      if (line.startsWith("{\"_aws\"")) {
        documents.add(JsonParser.parseString(line).getAsJsonObject());
      } else if (line.startsWith("{\"leakguard\"")) {
        JsonObject sign = JsonParser.parseString(line).getAsJsonObject();
        sign.getAsJsonObject("leakguard").keySet().forEach(n -> signOfLife.add("leakguard." + n));
      }
    }
  }

  /** The documents of {@link #VERSION} of {@link #FUNCTION}; the run is made once. */
  static synchronized EmittedDocuments get() {
    assumeTrue(
        Files.isDirectory(Path.of("/proc/self/fd")),
        "not run: descriptors are known on Linux only");
    if (emitted == null) {
      emitted = new EmittedDocuments(run());
    }
    return emitted;
  }

  List<JsonObject> documents() {
    return documents;
  }

  /** Every member of a document but the metadata: metrics, dimensions and properties. */
  Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    documents.forEach(document -> fields.addAll(document.keySet()));
    fields.remove("_aws");
    return fields;
  }

  /** The members of the line that each environment begins with, as queries name them. */
  Set<String> signOfLife() {
    return signOfLife;
  }

  Set<Metric> metrics() {
    Set<Metric> metrics = new HashSet<>();
    for (JsonObject document : documents) {
      metricsOf(document, metrics);
    }
    return metrics;
  }

  /** What CloudWatch keeps apart: the same name with other dimensions is another metric. */
  record Metric(String namespace, String name, Set<String> dimensions) {}

  static void metricsOf(JsonObject document, Set<Metric> metrics) {
    for (JsonElement each : document.getAsJsonObject("_aws").getAsJsonArray("CloudWatchMetrics")) {
      JsonObject directive = each.getAsJsonObject();
      for (JsonElement metric : directive.getAsJsonArray("Metrics")) {
        for (JsonElement dimensions : directive.getAsJsonArray("Dimensions")) {
          metrics.add(
              new Metric(
                  directive.get("Namespace").getAsString(),
                  metric.getAsJsonObject().get("Name").getAsString(),
                  texts(dimensions.getAsJsonArray())));
        }
      }
    }
  }

  private static Set<String> texts(JsonArray array) {
    Set<String> texts = new HashSet<>();
    array.forEach(text -> texts.add(text.getAsString()));
    return texts;
  }

  private static String run() {
    ProcessBuilder child =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            System.getProperty("java.class.path"),
            ENVIRONMENT,
            FUNCTION,
            VERSION);
    child.environment().putAll(VARIABLES);
    return output(child);
  }

  static String output(ProcessBuilder command) {
    try {
      Process process =
          command.redirectError(ProcessBuilder.Redirect.appendTo(ERRORS.toFile())).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new AssertionError(command.command() + " ended with " + exit + ", see " + ERRORS);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
