package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads the {@code LEAKGUARD_*} variables; a bad one is one line, and the default is used. */
final class EnvironmentSettings {
  private static final int SHOWN = 100;

  private final Host host;

  EnvironmentSettings(Host host) {
    this.host = host;
  }

  boolean disabled() {
    String variable = "LEAKGUARD_DISABLED";
    return isSet(variable) && read(variable, EnvironmentSettings::truth, false);
  }

  String namespace() {
    String variable = "LEAKGUARD_NAMESPACE";
    String standard = Settings.DEFAULT_NAMESPACE;
    return isSet(variable) ? read(variable, Settings::requireNamespace, standard) : standard;
  }

  Duration settle() {
    String variable = "LEAKGUARD_SETTLE";
    Duration standard = Settings.DEFAULT_SETTLE;
    return isSet(variable) ? read(variable, EnvironmentSettings::duration, standard) : standard;
  }

  List<IgnoreRule> plusIgnored(List<IgnoreRule> ignored) {
    String variable = "LEAKGUARD_IGNORE";
    if (!isSet(variable)) {
      return ignored;
    }
    List<IgnoreRule> all = new ArrayList<>(ignored);
    all.addAll(read(variable, EnvironmentSettings::rules, List.of()));
    return all;
  }

  /** Asked before a parser is named: naming one links a lambda, which costs cold start. */
  private boolean isSet(String variable) {
    String value = host.variable(variable);
    return value != null && !value.isBlank();
  }

  private <T> T read(String variable, Function<String, T> parse, T standard) {
    String value = host.variable(variable).strip();
    try {
      return parse.apply(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      String why = SafeText.of(e.getMessage(), 3 * SHOWN);
      host.log("LeakGuard: " + variable + " is not used: " + why);
      return standard;
    }
  }

  private static boolean truth(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new IllegalArgumentException(
              "it must be true or false: " + SafeText.of(value, SHOWN));
    };
  }

  /** Accepts {@code 25ms}, {@code 1s} and ISO 8601, as {@code PT0.025S}. */
  private static Duration duration(String value) {
    String text = value.toLowerCase(Locale.ROOT);
    if (text.matches("\\d{1,9}(ms|s)")) {
      long number = Long.parseLong(text.replaceAll("\\D", ""));
      return Settings.requireSettle(
          text.endsWith("ms") ? Duration.ofMillis(number) : Duration.ofSeconds(number));
    }
    Duration parsed;
    try {
      parsed = Duration.parse(value);
    } catch (RuntimeException e) {
      // Its own exception type would be loaded with this class, on every cold start.
      throw new IllegalArgumentException(
          "it must be a time such as 25ms, 1s or PT0.025S: " + SafeText.of(value, SHOWN), e);
    }
    return Settings.requireSettle(parsed);
  }

  private static List<IgnoreRule> rules(String value) {
    List<IgnoreRule> rules = new ArrayList<>();
    for (String line : value.split("[;\n]", -1)) {
      if (!line.isBlank()) {
        rules.add(IgnoreRule.parse(line));
      }
    }
    return rules;
  }
}
