package io.leakguard.chaos.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a reader makes of absent values: empty, never null, in the order of the file. */
final class Absent {
  private Absent() {}

  static String text(String value) {
    return value == null ? "" : value;
  }

  static <T> List<T> list(List<T> values) {
    return values == null ? List.of() : values.stream().filter(Objects::nonNull).toList();
  }

  static <T> Map<String, T> map(Map<String, T> values) {
    if (values == null) {
      return Map.of();
    }
    Map<String, T> known = new LinkedHashMap<>(values);
    known.values().removeIf(Objects::isNull);
    return Collections.unmodifiableMap(known);
  }

  static <T> List<T> join(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }
}
