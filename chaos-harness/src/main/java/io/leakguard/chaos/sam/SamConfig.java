package io.leakguard.chaos.sam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The parameter values that a project's {@code samconfig.toml} has for a deployment. SAM reads the
 * file beside the template.
 */
public final class SamConfig {
  /** SAM's name for the environment where none is given. */
  public static final String DEFAULT_ENVIRONMENT = "default";

  private static final String FILE = "samconfig.toml";
  private static final String OVERRIDES = "parameter_overrides";
  private static final long MAX_BYTES = 1024 * 1024;

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
    Origin origin = new Origin(new Origin(template).folder().resolve(FILE));
    boolean isDefault = environment.equals(DEFAULT_ENVIRONMENT);
    if (!Files.exists(origin.file())) {
      if (isDefault) {
        return Map.of();
      }
      throw origin.error(
          0, "there is no such file to take '" + environment + "' from (--config-env)");
    }
    TomlParseResult file = parse(origin, new Origin(template));
    TomlTable table = tableOrNull(file, environment);
    if (table == null && !isDefault) {
      throw origin.error(
          0,
          "there is no environment '" + environment + "' (--config-env)",
          "it has: " + String.join(", ", file.keySet()));
    }
    return table == null ? Map.of() : overrides(origin, file, environment);
  }

  private static TomlParseResult parse(Origin origin, Origin template) {
    if (!ProjectRoot.of(template).holds(origin.file())) {
      throw origin.error(0, "this is a link to a place outside of the project");
    }
    try {
      if (Files.size(origin.file()) > MAX_BYTES) {
        throw origin.error(0, "larger than 1 MB");
      }
      TomlParseResult file = Toml.parse(origin.file());
      if (file.hasErrors()) {
        TomlParseError first = file.errors().get(0);
        throw origin.error(first.position().line(), "not valid TOML: " + first.getMessage());
      }
      return file;
    } catch (IOException e) {
      throw origin.error(0, "cannot be read: " + IoReason.of(e));
    }
  }

  private static Map<String, String> overrides(
      Origin origin, TomlParseResult file, String environment) {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (String command : COMMANDS) {
      Optional.ofNullable(tableOrNull(tableOrNull(file, environment), command))
          .map(table -> tableOrNull(table, "parameters"))
          .map(parameters -> parameters.get(List.of(OVERRIDES)))
          .ifPresent(value -> add(origin, value, overrides));
    }
    return overrides;
  }

  private static TomlTable tableOrNull(TomlTable parent, String name) {
    return parent.get(List.of(name)) instanceof TomlTable table ? table : null;
  }

  private static void add(Origin origin, Object value, Map<String, String> overrides) {
    if (value instanceof String text) {
      addPairs(origin, text, overrides);
    } else if (value instanceof TomlArray items) {
      items.toList().forEach(item -> addPairs(origin, String.valueOf(item), overrides));
    } else if (value instanceof TomlTable table) {
      table.toMap().forEach((name, one) -> overrides.put(name, String.valueOf(one)));
    } else {
      throw origin.error(0, OVERRIDES + " must be text, a list or a table");
    }
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
