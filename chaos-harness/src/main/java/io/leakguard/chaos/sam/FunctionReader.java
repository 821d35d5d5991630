package io.leakguard.chaos.sam;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one function resource; throws {@link CannotRun} with the reason where it cannot be run. */
final class FunctionReader {
  private static final String LOCAL_ONLY = "a local run needs a jar, a zip or a folder";

  private final Origin origin;
  private final Resolver resolver;
  private final Layers layers;
  private final LinkedEvents linked;
  private final Overrides overrides;

  FunctionReader(
      Origin origin, Resolver resolver, Layers layers, LinkedEvents linked, Overrides overrides) {
    this.origin = origin;
    this.resolver = resolver;
    this.layers = layers;
    this.linked = linked;
    this.overrides = overrides;
  }

  FunctionDefinition read(
      String logicalId, Value.Fields resource, Value.Fields merged, List<String> logicalIds) {
    Properties properties = new Properties(origin, resolver, merged);
    if (!logicalId.matches("[A-Za-z0-9]+")) {
      throw properties.cannotRun(resource.line(), "a logical id has letters and digits only");
    }
    requireJava(properties, resource.line());
    String handler = handler(properties, resource.line());
    Code code = code(properties, resource);
    FunctionDefinition.Builder function =
        FunctionDefinition.builder(logicalId, handler, path(properties, code))
            .runtime(properties.known("Runtime").orElseThrow())
            .lines(resource.line(), lineOf("Handler", properties, resource), code.line())
            .conditionTrue(conditionTrue(resource, properties))
            .environment(environment(properties, overrides.environmentOf(logicalId, logicalIds)));
    limits(properties, function);
    instances(properties, function);
    name(properties, function);
    layers.of(properties).forEach(function::layer);
    EventSources.read(properties).forEach(function::event);
    linked.of(function.build().functionName()).forEach(function::event);
    properties.notes().forEach(function::note);
    return function.build();
  }

  private static int lineOf(String property, Properties properties, Value.Fields resource) {
    int line = properties.line(property);
    return line > 0 ? line : resource.line();
  }

  private static void requireJava(Properties properties, int line) {
    if (properties.known("PackageType").orElse("Zip").equals("Image")) {
      throw properties.cannotRun(
          properties.line("PackageType"), "an image function (PackageType Image) is not run");
    }
    String runtime =
        properties
            .known("Runtime")
            .orElseThrow(() -> properties.cannotRun(line, "the function has no Runtime"));
    if (!runtime.matches("java\\d{1,3}([.].*)?")) {
      throw properties.cannotRun(
          properties.line("Runtime"), "Runtime '" + runtime + "' is not a Java runtime");
    }
  }

  private static String handler(Properties properties, int line) {
    String handler =
        properties
            .known("Handler")
            .orElseThrow(() -> properties.cannotRun(line, "the function has no Handler"));
    if (HandlerName.parse(handler).isEmpty()) {
      throw properties.cannotRun(
          properties.line("Handler"),
          "Handler '" + handler + "' is neither 'Class' nor 'Class::method'");
    }
    return handler;
  }

  private record Code(String location, int line) {}

  /** SAM's {@code CodeUri}, CloudFormation's {@code Code}, or the asset folder that CDK notes. */
  private Code code(Properties properties, Value.Fields resource) {
    if (resource.fields("Metadata").get("aws:asset:path") instanceof Value.Text asset) {
      return new Code(asset.text(), asset.line());
    }
    if (!(properties.get("InlineCode") instanceof Value.Missing)) {
      throw properties.cannotRun(properties.line("InlineCode"), "inline code is not Java");
    }
    String property = properties.get("Code") instanceof Value.Missing ? "CodeUri" : "Code";
    int line = lineOf(property, properties, resource);
    Value value = properties.get(property);
    if (value instanceof Value.Fields) {
      throw properties.cannotRun(line, property + " is not a local path: " + LOCAL_ONLY);
    }
    String location = properties.known(property).orElse(".");
    if (location.startsWith("s3://")) {
      throw properties.cannotRun(line, property + " is in S3: " + LOCAL_ONLY);
    }
    return new Code(location, line);
  }

  private Path path(Properties properties, Code code) {
    try {
      return origin.folder().resolve(code.location()).normalize();
    } catch (InvalidPathException e) {
      throw properties.cannotRun(code.line(), "the code's location is not a path");
    }
  }

  private static void limits(Properties properties, FunctionDefinition.Builder function) {
    properties
        .number("Timeout", 1, 900, "a whole number of seconds from 1 to 900")
        .ifPresent(seconds -> function.timeout(Duration.ofSeconds(seconds)));
    properties
        .number("MemorySize", 128, 10_240, "a whole number of megabytes from 128 to 10240")
        .ifPresent(function::memoryMegabytes);
    properties
        .number("ReservedConcurrentExecutions", 0, Integer.MAX_VALUE, "a whole number from 0")
        .ifPresent(function::reservedConcurrency);
  }

  /** Managed Instances without a figure take AWS's default of 32 for each vCPU; here it is one. */
  private static void instances(Properties properties, FunctionDefinition.Builder function) {
    if (properties.get("CapacityProviderConfig") instanceof Value.Fields config) {
      Value.Fields nested =
          config.values().containsKey("LambdaManagedInstancesCapacityProviderConfig")
              ? config.fields("LambdaManagedInstancesCapacityProviderConfig")
              : config;
      Value given = nested.get("PerExecutionEnvironmentMaxConcurrency");
      boolean isNumber = given instanceof Value.Text text && text.text().matches("[1-9]\\d{0,3}");
      function.maxConcurrency(isNumber ? Integer.parseInt(((Value.Text) given).text()) : 32);
      properties.note(
          properties.line("CapacityProviderConfig"),
          "on Managed Instances: events come one at a time, but in the shapes that send several");
    }
    if (properties.get("SnapStart") instanceof Value.Fields snapStart
        && snapStart.get("ApplyOn") instanceof Value.Text on
        && on.text().equals("PublishedVersions")) {
      function.snapStart(true);
      properties.note(
          properties.line("SnapStart"),
          "SnapStart is approximated: its hooks are called, the process goes on without a"
              + " snapshot");
    }
  }

  private static void name(Properties properties, FunctionDefinition.Builder function) {
    Value name = properties.get("FunctionName");
    if (name instanceof Value.Text text) {
      function.functionName(text.text());
    } else if (name instanceof Value.Unresolved unknown) {
      properties.note(
          properties.line("FunctionName"),
          "FunctionName is not known locally, the logical id is used: " + unknown.reason());
    }
  }

  private boolean conditionTrue(Value.Fields resource, Properties properties) {
    if (!(resource.get("Condition") instanceof Value.Text name)) {
      return true;
    }
    Value holds = resolver.condition(name.text(), name.line());
    if (holds instanceof Value.Unresolved unknown) {
      properties.note(name.line(), "Condition is taken as false: " + unknown.reason());
    }
    return holds instanceof Value.Text truth && truth.text().equals("true");
  }

  private static Map<String, String> environment(
      Properties properties, Map<String, String> overrides) {
    Map<String, String> variables = new LinkedHashMap<>();
    Value environment = properties.get("Environment");
    Value values =
        environment instanceof Value.Fields fields ? fields.get("Variables") : environment;
    if (values instanceof Value.Fields fields) {
      fields
          .values()
          .forEach(
              (name, value) -> {
                if (!overrides.containsKey(name)) {
                  variable(properties, name, value).ifPresent(text -> variables.put(name, text));
                }
              });
    } else if (values instanceof Value.Unresolved unknown) {
      properties.note(values.line(), "Environment is left out: " + unknown.reason());
    } else if (!(values instanceof Value.Missing)) {
      throw properties.cannotRun(
          properties.line("Environment"), "Environment must have a mapping named Variables");
    }
    variables.putAll(overrides);
    return variables;
  }

  private static Optional<String> variable(Properties properties, String name, Value value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || hasNul(name)) {
      throw properties.cannotRun(value.line(), "'" + name + "' cannot name a variable");
    }
    if (value instanceof Value.Text text && !hasNul(text.text())) {
      return Optional.of(text.text());
    }
    if (value instanceof Value.Unresolved unknown && !hasNul(unknown.placeholder())) {
      properties.note(
          value.line(),
          name
              + " is not known locally, a placeholder is used: "
              + unknown.reason()
              + " (--env "
              + name
              + "=VALUE)");
      return Optional.of(unknown.placeholder());
    }
    properties.note(value.line(), name + " is left out: its value is not text");
    return Optional.empty();
  }

  /** A NUL, which YAML can write as an escape, ends the text for the operating system. */
  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }
}
