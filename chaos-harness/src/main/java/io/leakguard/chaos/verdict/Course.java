package io.leakguard.chaos.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What happened in a cell, for those who want to see it; no verdict depends on it. All times are
 * since the cell began.
 *
 * @param took how long the cell took
 * @param environments how many environments served it
 * @param phases when each phase was
 * @param bands when faults were in force and environments frozen
 * @param events cold starts, kills and the like, in order
 * @param before stacks of threads before the first fault
 * @param after stacks of threads at the end
 * @param calls what reached the upstreams
 */
public record Course(
    Duration took,
    int environments,
    List<Span> phases,
    List<Band> bands,
    List<Event> events,
    Stacks before,
    Stacks after,
    Calls calls) {

  /** Nothing is known. */
  public static final Course UNKNOWN =
      new Course(
          Duration.ZERO, 0, List.of(), List.of(), List.of(), Stacks.NONE, Stacks.NONE, Calls.NONE);

  public Course {
    phases = List.copyOf(phases);
    bands = List.copyOf(bands);
    events = List.copyOf(events);
  }

  /**
   * What reached the upstreams.
   *
   * @param requests how many requests the stand-ins got
   * @param duplicates how many of them, with an effect, came more than once
   * @param connections how many connections the real servers got; empty where nobody counts them
   * @param byVariable how many of both each upstream got, by its environment variable; without
   *     those of which it is not known
   */
  public record Calls(
      long requests, long duplicates, OptionalLong connections, Map<String, Long> byVariable) {
    /** Nothing reached any. */
    public static final Calls NONE = new Calls(0, 0, OptionalLong.of(0), Map.of());

    public Calls {
      byVariable = Map.copyOf(byVariable);
    }

    /** Nobody counts them. */
    public static final Calls UNKNOWN = new Calls(-1, -1, OptionalLong.empty(), Map.of());

    /** Whether somebody counts them. */
    public boolean areKnown() {
      return requests >= 0;
    }

    /** Whether it is known that there were none. */
    public boolean isNone() {
      return requests == 0 && connections.equals(OptionalLong.of(0));
    }
  }

  /** One phase. */
  public record Span(Phase phase, Duration from, Duration to) {}

  /**
   * A time in which something was the case.
   *
   * @param kind {@code toxic} or {@code frozen}
   * @param text what it was, for people
   */
  public record Band(String kind, Duration from, Duration to, String text) {}

  /**
   * Something that happened.
   *
   * @param kind {@code cold-start}, {@code killed}, {@code ended} or {@code toxic}
   * @param text for people
   */
  public record Event(Duration at, String kind, String text) {}

  /**
   * The stacks of an environment's threads at one moment.
   *
   * @param counts how many threads have each stack: frames from the outermost, joined by {@code ;}
   */
  public record Stacks(Map<String, Integer> counts) {
    /** None were taken. */
    public static final Stacks NONE = new Stacks(Map.of());

    public Stacks {
      counts = Map.copyOf(new TreeMap<>(counts));
    }
  }
}
