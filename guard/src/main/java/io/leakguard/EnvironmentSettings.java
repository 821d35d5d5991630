package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Reads the {@code LEAKGUARD_*} variables; a bad one is one line, and the default is used. */
final class EnvironmentSettings {
  private static final int SHOWN = 100;

  private final Host host;
  private final boolean ofThisJvm;

  /**
   * Reads the variables of a host.
   *
   * @param ofThisJvm whether a bad variable is told once for all guards of the JVM
   */
  EnvironmentSettings(Host host, boolean ofThisJvm) {
    this.host = host;
    this.ofThisJvm = ofThisJvm;
  }

  /** Returns what the variables say, else the defaults. */
  Settings settings() {
    return new Settings(
        disabled(),
        policy(),
        namespace(),
        service(),
        commit(),
        signOfLife(),
        settle(),
        dumpAt(),
        creationSites(),
        breaker(),
        plusIgnored(List.of()));
  }

  boolean disabled() {
    return truth("LEAKGUARD_DISABLED");
  }

  LeakPolicy policy() {
    String variable = "LEAKGUARD_POLICY";
    LeakPolicy standard = LeakPolicy.REPORT;
    return isSet(variable) ? read(variable, EnvironmentSettings::policy, standard) : standard;
  }

  String namespace() {
    String variable = "LEAKGUARD_NAMESPACE";
    String standard = Settings.DEFAULT_NAMESPACE;
    return isSet(variable) ? read(variable, Settings::requireNamespace, standard) : standard;
  }

  /** Powertools' variable is the default of ours: one function, one service name. */
  String service() {
    String own = service("LEAKGUARD_SERVICE_NAME");
    return own.isEmpty() ? service("POWERTOOLS_SERVICE_NAME") : own;
  }

  private String service(String variable) {
    return isSet(variable) ? read(variable, Settings::requireService, "") : "";
  }

  String commit() {
    String variable = "LEAKGUARD_COMMIT";
    return isSet(variable) ? read(variable, Settings::requireCommit, "") : "";
  }

  boolean signOfLife() {
    String variable = "LEAKGUARD_SIGN_OF_LIFE";
    return !isSet(variable) || read(variable, EnvironmentSettings::isTrue, true);
  }

  Duration settle() {
    String variable = "LEAKGUARD_SETTLE";
    Duration standard = Settings.DEFAULT_SETTLE;
    return isSet(variable) ? read(variable, EnvironmentSettings::duration, standard) : standard;
  }

  int dumpAt() {
    String variable = "LEAKGUARD_DUMP_AT";
    int standard = Settings.DEFAULT_DUMP_AT;
    return isSet(variable) ? read(variable, EnvironmentSettings::threads, standard) : standard;
  }

  CreationSites creationSites() {
    String variable = "LEAKGUARD_CREATION";
    CreationSites standard = CreationSites.ON_SUSPICION;
    return isSet(variable) ? read(variable, EnvironmentSettings::creation, standard) : standard;
  }

  boolean breaker() {
    return truth("LEAKGUARD_BREAKER");
  }

  List<IgnoreRule> plusIgnored(List<IgnoreRule> ignored) {
    String variable = "LEAKGUARD_IGNORE";
    if (!isSet(variable)) {
      return ignored;
    }
    List<IgnoreRule> all = new ArrayList<>(ignored);
    for (String line : host.variable(variable).replace('\n', ';').split(";", -1)) {
      if (!line.isBlank()) {
        addRule(line, variable, all);
      }
    }
    return all;
  }

  private void addRule(String line, String variable, List<IgnoreRule> rules) {
    try {
      rules.add(IgnoreRule.parse(line));
    } catch (IllegalArgumentException e) {
      tell("LeakGuard: a rule of " + variable + " is not used: " + shown(e));
    }
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
      tell("LeakGuard: " + variable + " is not used: " + shown(e));
      return standard;
    }
  }

  private static String shown(RuntimeException refusal) {
    return SafeText.of(refusal.getMessage(), 4 * SHOWN);
  }

  private void tell(String line) {
    if (!ofThisJvm || Told.LINES.add(line)) {
      host.log(line);
    }
  }

  /** Bounded by what stands in the variables: their values do not change while a JVM runs. */
  private static final class Told {
    private static final Set<String> LINES = ConcurrentHashMap.newKeySet();
  }

  private boolean truth(String variable) {
    return isSet(variable) && read(variable, EnvironmentSettings::isTrue, false);
  }

  private static boolean isTrue(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new IllegalArgumentException(
              "it must be true or false: " + SafeText.of(value, SHOWN));
    };
  }

  private static LeakPolicy policy(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "report" -> LeakPolicy.REPORT;
      case "fail" -> LeakPolicy.FAIL;
      default ->
          throw new IllegalArgumentException(
              "it must be report or fail: " + SafeText.of(value, SHOWN));
    };
  }

  private static CreationSites creation(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "suspicion" -> CreationSites.ON_SUSPICION;
      case "always" -> CreationSites.ALWAYS;
      case "never" -> CreationSites.NEVER;
      default ->
          throw new IllegalArgumentException(
              "it must be suspicion, always or never: " + SafeText.of(value, SHOWN));
    };
  }

  private static int threads(String value) {
    if (!value.matches("-?\\d{1,9}")) {
      throw new IllegalArgumentException(
          "it must be a number of threads: " + SafeText.of(value, SHOWN));
    }
    return Settings.requireDumpAt(Integer.parseInt(value));
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
}
