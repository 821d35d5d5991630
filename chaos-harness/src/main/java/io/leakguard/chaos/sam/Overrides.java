package io.leakguard.chaos.sam;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the user says instead of the template. Immutable; nothing is null.
 *
 * @param parameters values of declared parameters, by name
 * @param configured values that the {@code samconfig} file has; those of no parameter are passed
 *     over, as SAM does
 * @param environment values of variables, by {@code NAME} for all functions or {@code
 *     FUNCTION.NAME}, with the logical id, for one
 */
public record Overrides(
    Map<String, String> parameters,
    Map<String, String> configured,
    Map<String, String> environment) {

  /** The template as it stands. */
  public static final Overrides NONE = new Overrides(Map.of(), Map.of(), Map.of());

  public Overrides {
    parameters = Map.copyOf(parameters);
    configured = Map.copyOf(configured);
    environment = Map.copyOf(environment);
  }

  /** The variables of one function; what is said for it alone comes before what is said for all. */
  Map<String, String> environmentOf(String logicalId, Collection<String> logicalIds) {
    Map<String, String> own = new LinkedHashMap<>();
    Map<String, String> shared = new LinkedHashMap<>();
    environment.forEach(
        (name, value) -> {
          Optional<String> owner =
              logicalIds.stream().filter(id -> name.startsWith(id + ".")).findFirst();
          if (owner.isEmpty()) {
            shared.put(name, value);
          } else if (owner.get().equals(logicalId)) {
            own.put(name.substring(logicalId.length() + 1), value);
          }
        });
    shared.putAll(own);
    return shared;
  }
}
