package io.leakguard.chaos.scenario;

import java.time.Duration;
import java.util.List;

/**
 * One parameter of a part.
 *
 * @param name as it is written
 * @param means in words
 * @param type what its value is
 * @param absent its value when it is not given; {@code null} when it must be
 */
record Parameter(String name, String means, Type type, Object absent) {

  /** What a value may be. */
  sealed interface Type {}

  /** A whole number. */
  record Whole(long min, long max) implements Type {}

  /** A duration such as {@code 300ms}. */
  record Time(Duration min, Duration max) implements Type {}

  /** True or false. */
  record Flag() implements Type {}

  /** One of some words. */
  record Word(List<String> words) implements Type {}

  /** What an upstream does: one of the parts that say so. */
  record Behaving() implements Type {}

  /** A list of what an upstream does. */
  record BehavingInTurn() implements Type {}

  static Parameter whole(String name, String means, long min, long max) {
    return new Parameter(name, means, new Whole(min, max), null);
  }

  static Parameter whole(String name, String means, long min, long max, long absent) {
    return new Parameter(name, means, new Whole(min, max), absent);
  }

  /** From 1 ms to 15 minutes. */
  static Parameter time(String name, String means) {
    return new Parameter(name, means, new Time(Duration.ofMillis(1), Duration.ofMinutes(15)), null);
  }

  /** From nothing, which it is when not given, to 15 minutes. */
  static Parameter timeOrNone(String name, String means) {
    return new Parameter(
        name, means, new Time(Duration.ZERO, Duration.ofMinutes(15)), Duration.ZERO);
  }

  boolean required() {
    return absent == null;
  }
}
