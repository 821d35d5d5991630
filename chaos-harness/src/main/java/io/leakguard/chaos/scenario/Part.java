package io.leakguard.chaos.scenario;

import io.leakguard.chaos.upstream.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What shapes are combined from: a fault with a name and parameters.
 *
 * @param name as it is written
 * @param does in words
 * @param parameters in the order of documentation; may be empty
 * @param maker makes the fault
 */
record Part(String name, String does, List<Parameter> parameters, Function<Values, Fault> maker) {
  Part {
    parameters = List.copyOf(parameters);
  }

  boolean needsParameters() {
    return parameters.stream().anyMatch(Parameter::required);
  }

  List<String> parameterNames() {
    return parameters.stream().map(Parameter::name).toList();
  }

  /** The values of a part's parameters, each of its parameter's type. */
  record Values(Map<String, Object> values) {
    int whole(String name) {
      return Math.toIntExact((Long) values.get(name));
    }

    Duration time(String name) {
      return (Duration) values.get(name);
    }

    boolean flag(String name) {
      return (Boolean) values.get(name);
    }

    String word(String name) {
      return (String) values.get(name);
    }

    Behaviour behaviour(String name) {
      return (Behaviour) values.get(name);
    }

    List<Behaviour> behaviours(String name) {
      return ((List<?>) values.get(name)).stream().map(Behaviour.class::cast).toList();
    }
  }
}
