package io.leakguard.junit;

import io.leakguard.LeakCheck;
import io.leakguard.LeakPolicy;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What holds for one test, one class or the run: annotations, the innermost first, and parameters.
 */
final class Options {
  static final String RUN = "leakguard.junit.run";
  static final String IGNORE = "leakguard.junit.ignore";
  static final String POLICY = "leakguard.junit.policy";
  static final String GRACE = "leakguard.junit.grace";
  static final String BASELINE = "leakguard.junit.baseline";
  static final String WRITE = "leakguard.junit.baseline.write";

  /** The threads of JUnit itself: its workers at work, and those that watch time limits. */
  private static final List<String> OF_JUNIT =
      List.of(
          "any org.junit.platform.engine.support.hierarchical.* # runs tests; 5.14 to 6.1",
          "name junit-jupiter-timeout-watcher # one per run; 5.14 to 6.1",
          "name junit-timeout-thread-* # runs a test with a time limit; 5.14 to 6.1");

  private final List<LeakFree> annotations;
  private final Function<String, Optional<String>> parameters;

  /**
   * Makes options.
   *
   * @param annotations the innermost first
   * @param parameters JUnit's configuration parameters
   */
  Options(List<LeakFree> annotations, Function<String, Optional<String>> parameters) {
    this.annotations = annotations;
    this.parameters = parameters;
  }

  LeakCheck check() {
    List<String> rules = new ArrayList<>(OF_JUNIT);
    for (LeakFree annotation : annotations) {
      rules.addAll(Arrays.asList(annotation.ignore()));
    }
    parameters
        .apply(IGNORE)
        .ifPresent(
            text -> {
              for (String rule : text.split("[;\n]")) {
                if (!rule.isBlank()) {
                  rules.add(rule);
                }
              }
            });
    LeakCheck.Builder builder = LeakCheck.builder().ignore(rules.toArray(String[]::new));
    String grace = first(LeakFree::grace, GRACE);
    return grace.isEmpty() ? builder.build() : builder.grace(duration(grace)).build();
  }

  LeakPolicy policy() {
    for (LeakFree annotation : annotations) {
      if (annotation.policy().length > 0) {
        return annotation.policy()[0];
      }
    }
    String text = parameters.apply(POLICY).orElse("FAIL").strip();
    try {
      return LeakPolicy.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(POLICY + " must be FAIL or REPORT: " + text, e);
    }
  }

  Baseline baseline() {
    return Baseline.at(first(LeakFree::baseline, BASELINE), isOn(WRITE));
  }

  boolean isOn(String parameter) {
    return parameters.apply(parameter).map(Boolean::parseBoolean).orElse(false);
  }

  private String first(Function<LeakFree, String> attribute, String parameter) {
    for (LeakFree annotation : annotations) {
      if (!attribute.apply(annotation).isBlank()) {
        return attribute.apply(annotation).strip();
      }
    }
    return parameters.apply(parameter).map(String::strip).orElse("");
  }

  private static Duration duration(String text) {
    String value = text.toUpperCase(Locale.ROOT);
    try {
      if (value.endsWith("MS")) {
        return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2).strip()));
      }
      return Duration.parse(value.startsWith("PT") ? value : "PT" + value);
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException("grace must be such as 430ms, 2s or PT2S: " + text, e);
    }
  }
}
