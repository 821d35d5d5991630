package io.leakguard.chaos.scenario;

import io.leakguard.chaos.lambda.EnvironmentEnd;
import io.leakguard.chaos.verdict.Course;
import io.leakguard.chaos.verdict.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down what happens in a cell, and when. Thread-safe. */
public final class CourseLog {
  /** Between two invocations an environment is frozen for less; nobody wants to see those. */
  private static final Duration SHORTEST_BAND = Duration.ofMillis(50);

  private final long start = System.nanoTime();
  private final List<Course.Span> phases = new ArrayList<>();
  private final List<Course.Band> bands = new ArrayList<>();
  private final List<Course.Event> events = new ArrayList<>();
  private final Map<Integer, Duration> frozenSince = new HashMap<>();
  private Course.Stacks before = Course.Stacks.NONE;
  private Course.Stacks after = Course.Stacks.NONE;
  private int environments;
  private Phase phase;
  private Duration phaseFrom = Duration.ZERO;
  private String fault;
  private Duration faultFrom = Duration.ZERO;

  /** The time since the cell began. */
  public Duration now() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** A phase begins, and the one before it ends. */
  public synchronized void begin(Phase next) {
    endPhase();
    phase = next;
    phaseFrom = now();
  }

  private void endPhase() {
    if (phase != null) {
      phases.add(new Course.Span(phase, phaseFrom, now()));
      phase = null;
    }
  }

  /** A fault is in force. */
  public synchronized void armed(String text) {
    fault = text;
    faultFrom = now();
    events.add(new Course.Event(faultFrom, "toxic", text));
  }

  /** It is over. */
  public synchronized void disarmed() {
    if (fault != null) {
      bands.add(new Course.Band("toxic", faultFrom, now(), fault));
      events.add(new Course.Event(now(), "toxic", "the fault is over"));
      fault = null;
    }
  }

  synchronized void started(int environment) {
    environments++;
    events.add(new Course.Event(now(), "cold-start", "environment " + environment));
  }

  synchronized void ended(int environment, EnvironmentEnd reason, int status) {
    thawed(environment);
    if (reason != EnvironmentEnd.CLOSED) {
      boolean killed = reason != EnvironmentEnd.EXITED;
      String text = "environment " + environment + ": " + words(reason) + ", status " + status;
      events.add(new Course.Event(now(), killed ? "killed" : "ended", text));
    }
  }

  private static String words(EnvironmentEnd reason) {
    return reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  synchronized void frozen(int environment, boolean on) {
    if (on) {
      frozenSince.put(environment, now());
    } else {
      thawed(environment);
    }
  }

  private void thawed(int environment) {
    Duration from = frozenSince.remove(environment);
    Duration to = now();
    if (from != null && to.minus(from).compareTo(SHORTEST_BAND) >= 0) {
      bands.add(new Course.Band("frozen", from, to, "environment " + environment));
    }
  }

  synchronized void stacks(Phase when, Map<String, Integer> counts) {
    if (when == Phase.BASELINE) {
      before = new Course.Stacks(counts);
    } else {
      after = new Course.Stacks(counts);
    }
  }

  /** All of it until now, which is the end. */
  public synchronized Course course(Course.Calls calls) {
    endPhase();
    for (Integer environment : List.copyOf(frozenSince.keySet())) {
      thawed(environment);
    }
    return new Course(now(), environments, phases, bands, events, before, after, calls);
  }
}
