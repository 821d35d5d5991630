package io.leakguard.load;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * One line on the driver's standard input: the fields of a form, encoded as browsers do it, so that
 * no value can break the line.
 *
 * @param simulation the class to run
 * @param settings properties of {@link LoadSettings}, the ones given
 */
record Command(String simulation, Map<String, String> settings) {
  private static final String SIMULATION = "simulation";
  private static final Map<String, Class<?>> SIMULATIONS =
      Map.of(
          "steady", SteadySimulation.class,
          "burst", BurstSimulation.class,
          "impatient", ImpatientClientSimulation.class);

  Command {
    settings = Map.copyOf(settings);
  }

  /**
   * Reads a line such as <code>
   * simulation=steady&amp;invocations=10&amp;target=http%3A%2F%2F127.0.0.1%3A3001%2F</code>.
   *
   * @throws SettingsException if it is not one
   */
  static Command parse(String line) {
    Map<String, String> fields = new HashMap<>();
    for (String field : line.strip().split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals < 1) {
        throw new SettingsException("command", "fields key=value joined by &", line);
      }
      fields.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
    }
    return command(fields);
  }

  private static Command command(Map<String, String> fields) {
    String name = String.valueOf(fields.remove(SIMULATION));
    Class<?> simulation = SIMULATIONS.get(name);
    if (simulation == null) {
      throw new SettingsException(
          SIMULATION, "one of " + new TreeSet<>(SIMULATIONS.keySet()), name);
    }
    for (String key : fields.keySet()) {
      if (!LoadSettings.PROPERTIES.contains(key)) {
        throw new SettingsException("setting", "one of " + LoadSettings.PROPERTIES, key);
      }
    }
    return new Command(simulation.getName(), fields);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new SettingsException("command", "percent-encoded", text);
    }
  }
}
