package io.leakguard.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a simulation is told by system properties of the same names. Immutable.
 *
 * @param target the URLs to invoke, at least one; as a property they are separated by commas
 * @param invocations requests per target, 1 to 1,000,000; 10 when not given
 * @param pause between two requests of one client, 0 to 1 hour; none when not given
 * @param bodies JSON events, at least one, dealt to the targets in turn and cycled; the property is
 *     the path of a UTF-8 file with one event per line, and <code>{}</code> is sent when it is not
 *     given
 * @param clientTimeout after which a client gives up and closes its connection, 1 ms to 1 hour
 * @param maxErrorPercent share of failed requests, 0 to 100, above which the run fails; 5 when not
 *     given, 100 never fails
 */
record LoadSettings(
    List<URI> target,
    int invocations,
    Duration pause,
    List<String> bodies,
    Duration clientTimeout,
    double maxErrorPercent) {

  /** Every property that is read, so that a caller who sets them can also clear them. */
  static final List<String> PROPERTIES =
      List.of("target", "invocations", "pause", "bodies", "clientTimeout", "maxErrorPercent");

  private static final Duration HOUR = Duration.ofHours(1);

  LoadSettings {
    target = List.copyOf(target);
    bodies = List.copyOf(bodies);
  }

  static LoadSettings fromSystemProperties(Duration defaultClientTimeout) {
    return from(System::getProperty, defaultClientTimeout);
  }

  /**
   * Reads and checks all settings.
   *
   * @param property gives the value of a property, or null
   * @throws SettingsException naming property, rule and value of the first one that breaks its rule
   */
  static LoadSettings from(UnaryOperator<String> property, Duration defaultClientTimeout) {
    PropertyReader reader = new PropertyReader(property);
    return new LoadSettings(
        reader.urls("target"),
        reader.wholeNumber("invocations", 10, 1, 1_000_000),
        reader.duration("pause", Duration.ZERO, Duration.ZERO, HOUR),
        readBodies(reader.path("bodies")),
        reader.duration("clientTimeout", defaultClientTimeout, Duration.ofMillis(1), HOUR),
        reader.percent("maxErrorPercent", 5));
  }

  private static List<String> readBodies(Optional<Path> file) {
    return file.map(BodiesFile::read).orElse(List.of("{}"));
  }
}
