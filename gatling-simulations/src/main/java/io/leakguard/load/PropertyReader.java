package io.leakguard.load;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns text properties into typed values. A blank value counts as none. */
final class PropertyReader {
  /** A comma may be part of a URL: it separates only where the next URL begins. */
  private static final Pattern URL_SEPARATOR = Pattern.compile("\\s*,\\s*(?=https?://)");

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
  private static final Map<String, Duration> UNITS =
      Map.of("ms", Duration.ofMillis(1), "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1));

  private final UnaryOperator<String> property;

  PropertyReader(UnaryOperator<String> property) {
    this.property = property;
  }

  List<URI> urls(String name) {
    String text =
        text(name)
            .orElseThrow(
                () -> new SettingsException(name + " must be given: the URLs to send events to"));
    return Arrays.stream(URL_SEPARATOR.split(text)).map(url -> url(name, url)).toList();
  }

  private static URI url(String name, String text) {
    try {
      URI uri = new URI(text).parseServerAuthority();
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Reported below with the rule, which says more than the parser's position.
    }
    throw new SettingsException(name, "an http or https URL with a host", text);
  }

  int wholeNumber(String name, int absent, int min, int max) {
    return text(name)
        .map(text -> (int) inRange(name, text, number(text), min, max, "a whole number from "))
        .orElse(absent);
  }

  private static double number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : Double.NaN;
  }

  double percent(String name, double absent) {
    return text(name)
        .map(text -> inRange(name, text, decimal(text), 0, 100, "a percentage from "))
        .orElse(absent);
  }

  private static double decimal(String text) {
    return text.matches("\\d{1,3}(\\.\\d{1,9})?") ? Double.parseDouble(text) : Double.NaN;
  }

  private static double inRange(
      String name, String text, double value, int min, int max, String kind) {
    if (value >= min && value <= max) {
      return value;
    }
    throw new SettingsException(name, kind + min + " to " + max, text);
  }

  Duration duration(String name, Duration absent, Duration min, Duration max) {
    return text(name).map(text -> duration(name, text, min, max)).orElse(absent);
  }

  private static Duration duration(String name, String text, Duration min, Duration max) {
    Matcher matcher = DURATION.matcher(text);
    if (matcher.matches()) {
      Duration value = UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
      if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
        return value;
      }
    }
    throw new SettingsException(
        name, "a duration such as 300ms, 5s or 1m, from " + ms(min) + " to " + ms(max), text);
  }

  private static String ms(Duration duration) {
    return duration.toMillis() + "ms";
  }

  Optional<Path> path(String name) {
    return text(name).map(text -> path(name, text));
  }

  private static Path path(String name, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new SettingsException(name, "a file name", text);
    }
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(property.apply(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
