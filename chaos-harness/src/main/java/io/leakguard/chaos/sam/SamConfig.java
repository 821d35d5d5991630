package io.leakguard.chaos.sam;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameter values that a project's {@code samconfig.toml}, {@code .yaml} or {@code .yml} has
 * for a deployment. SAM reads the first of them that is beside the template.
 */
public final class SamConfig {
  /** SAM's name for the environment where none is given. */
  public static final String DEFAULT_ENVIRONMENT = "default";

  private static final String OVERRIDES = "parameter_overrides";

  /** The tables that may have values, the one that counts most last. */
  private static final List<String> COMMANDS = List.of("global", "build", "local_invoke", "deploy");

  /** {@code Name=value}, the value in quotes where it has spaces; quotes are escaped by \. */
  private static final Pattern PAIR =
      Pattern.compile(
          "(?:ParameterKey=(?<key>[A-Za-z0-9]+),ParameterValue=|(?<name>[A-Za-z0-9]+)=)"
              + "(?:\"(?<double>(?:[^\"\\\\]|\\\\.)*)\"|'(?<single>[^']*)'|(?<bare>\\S*))");

  private SamConfig() {}

  /**
   * Reads the overrides.
   *
   * @param template the template, beside which the file is looked for
   * @param environment the table's name; where it is not the default one it must be there
   * @throws TemplateException if the file is there and cannot be read, or lacks the environment
   */
  public static Map<String, String> parameterOverrides(Path template, String environment) {
    Origin beside = new Origin(template);
    Origin origin = SamConfigFile.beside(beside);
    boolean isDefault = environment.equals(DEFAULT_ENVIRONMENT);
    if (!Files.exists(origin.file())) {
      if (isDefault) {
        return Map.of();
      }
      throw origin.error(
          0, "there is no such file to take '" + environment + "' from (--config-env)");
    }
    Map<?, ?> file = SamConfigFile.read(origin, beside);
    if (file.get(environment) instanceof Map<?, ?> commands) {
      return overrides(origin, commands);
    }
    if (isDefault) {
      return Map.of();
    }
    throw origin.error(
        0,
        "there is no environment '" + environment + "' (--config-env)",
        "it has: " + environments(file));
  }

  private static String environments(Map<?, ?> file) {
    return file.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Map)
        .map(entry -> String.valueOf(entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> overrides(Origin origin, Map<?, ?> commands) {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (String command : COMMANDS) {
      if (commands.get(command) instanceof Map<?, ?> sections
          && sections.get("parameters") instanceof Map<?, ?> parameters
          && parameters.get(OVERRIDES) != null) {
        add(origin, parameters.get(OVERRIDES), overrides);
      }
    }
    return overrides;
  }

  private static void add(Origin origin, Object value, Map<String, String> overrides) {
    if (value instanceof String text) {
      addPairs(origin, text, overrides);
    } else if (value instanceof List<?> items) {
      items.stream().filter(Objects::nonNull).forEach(item -> add(origin, item, overrides));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((name, one) -> overrides.put(String.valueOf(name), text(one)));
    } else {
      throw origin.error(0, OVERRIDES + " must be text, a list or a table");
    }
  }

  /** As SAM does it: nothing is empty text, a list is what CloudFormation takes for one. */
  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof List<?> items
        ? items.stream().map(SamConfig::text).map(String::strip).collect(Collectors.joining(","))
        : value.toString();
  }

  private static void addPairs(Origin origin, String text, Map<String, String> overrides) {
    Matcher pair = PAIR.matcher(text);
    int end = 0;
    while (pair.find()) {
      requireBlank(origin, text.substring(end, pair.start()));
      String name = pair.group("key") == null ? pair.group("name") : pair.group("key");
      overrides.put(name, value(pair));
      end = pair.end();
    }
    requireBlank(origin, text.substring(end));
  }

  private static String value(Matcher pair) {
    if (pair.group("double") != null) {
      return pair.group("double").replaceAll("\\\\(.)", "$1");
    }
    return pair.group("single") == null ? pair.group("bare") : pair.group("single");
  }

  private static void requireBlank(Origin origin, String between) {
    if (!between.isBlank()) {
      throw origin.error(0, OVERRIDES + " has something that is not Name=Value");
    }
  }
}
