package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

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

  /** The check that judges what is created here; null for none. */
  private final OriginScope check;

  /** What the thread handed down before; null once this scope is off it, to hold no chain. */
  private Lineage outer;

  private volatile Map<String, String> labels = Map.of();
  private final AtomicInteger created = new AtomicInteger();
  private volatile boolean over;
  private volatile boolean leaked;

  /** Begins a scope of the check that is around it. */
  OriginScope(String name, long number, Lineage outer) {
    this.name = SafeText.of(name, LONGEST_NAME);
    this.number = number;
    this.outer = outer;
    this.check = outer == null ? null : outer.scope().check;
  }

  /**
   * Begins a scope of a certain check.
   *
   * @param check null where the scope is a check itself
   */
  OriginScope(String name, Lineage outer, OriginScope check) {
    this.name = SafeText.of(name, LONGEST_NAME);
    this.number = 0;
    this.outer = outer;
    this.check = check == null ? this : check;
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

  /** Invocations count from 1; checks and their parts have no number. */
  boolean isInvocation() {
    return number != 0;
  }

  OriginScope check() {
    return check;
  }

  void markLeaked() {
    leaked = true;
  }

  /** Says whether the check that this is has left threads behind. */
  boolean isLeaked() {
    return leaked;
  }

  /** Counts a thread that was created here, for the check that judges it. */
  void created() {
    if (check != null) {
      check.created.incrementAndGet();
    }
  }

  /** Says whether this check has created any thread at all. */
  boolean hasCreated() {
    return created.get() > 0;
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

  void end() {
    over = true;
  }

  /** Returns the first that has not ended, of a lineage and what it was put over. */
  static Lineage firstRunning(Lineage lineage) {
    Lineage top = lineage;
    while (top instanceof OriginScope scope && scope.over) {
      top = scope.outer;
      scope.outer = null;
    }
    return top;
  }
}
