package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An invocation or a check, as far as the threads it creates are concerned.
 *
 * <p>Every thread created in it holds it, so it is small and bounded. Thread-safe.
 */
final class OriginScope implements Lineage {
  static final int MOST_LABELS = 16;
  static final int LONGEST_KEY = 64;
  static final int LONGEST_VALUE = 128;
  private static final int LONGEST_NAME = 256;

  private final String name;
  private final long number;

  /** What the thread handed down before; null once this scope has ended, to hold no chain. */
  private Lineage outer;

  private volatile Map<String, String> labels = Map.of();
  private volatile boolean over;

  OriginScope(String name, long number, Lineage outer) {
    this.name = SafeText.of(name, LONGEST_NAME);
    this.number = number;
    this.outer = outer;
  }

  @Override
  public OriginScope scope() {
    return this;
  }

  String name() {
    return name;
  }

  long number() {
    return number;
  }

  boolean isOver() {
    return over;
  }

  Map<String, String> labels() {
    return labels;
  }

  /** Replaces the map: threads that were created before keep the one of their time. */
  synchronized void label(String key, String value) {
    String safeKey = SafeText.of(key, LONGEST_KEY);
    Map<String, String> changed = new LinkedHashMap<>(labels);
    if (value == null) {
      changed.remove(safeKey);
    } else if (changed.containsKey(safeKey) || changed.size() < MOST_LABELS) {
      changed.put(safeKey, SafeText.of(value, LONGEST_VALUE));
    }
    labels = Collections.unmodifiableMap(changed);
  }

  /** Ends this scope; returns what its thread is to hand down from now on, null for nothing. */
  Lineage end() {
    over = true;
    Lineage before = outer;
    outer = null;
    return before;
  }
}
