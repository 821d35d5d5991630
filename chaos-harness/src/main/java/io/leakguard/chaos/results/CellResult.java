package io.leakguard.chaos.results;

import java.util.List;
import java.util.Map;

/**
 * One function in one shape. Texts, lists and maps are never null; numbers and {@code stacks} are
 * null where they are unknown.
 *
 * @param function logical id
 * @param deployed whether a plain deploy would deploy it
 * @param shape the shape's name
 * @param verdict {@code clean}, {@code leak}, {@code failed} or {@code harness-fault}
 * @param reason one sentence for anything but clean, or empty
 * @param invocations of the first fault phase
 * @param slopes growth per invocation, by resource
 * @param intervals 95 % intervals of the slopes: low and high
 * @param heap growth of the heap in MB per invocation
 * @param memoryVerdict whether threads or memory grow, in words
 * @param healing what becomes of what is left behind
 * @param seconds how long it took
 * @param environments how many execution environments it used
 * @param phases when each phase was
 * @param bands when a toxic was in force or the environment was frozen
 * @param events what happened when
 * @param stacks of all threads before and after the fault
 * @param minimized the smallest fault that still leaks, or null
 * @param repeats how often it was repeated, or null
 * @param upstream what the upstream saw, or null
 * @param replay the command that plays it again
 * @param findings what grows, largest first
 * @param timeline what was counted after each invocation
 */
public record CellResult(
    String function,
    Boolean deployed,
    String shape,
    String verdict,
    String reason,
    Integer invocations,
    Map<String, Double> slopes,
    Map<String, List<Double>> intervals,
    Heap heap,
    String memoryVerdict,
    String healing,
    Double seconds,
    Integer environments,
    List<Span> phases,
    List<Band> bands,
    List<Event> events,
    Stacks stacks,
    Minimized minimized,
    Repeats repeats,
    Upstream upstream,
    String replay,
    List<FindingResult> findings,
    List<TimelineRow> timeline) {

  public CellResult {
    function = Absent.text(function);
    shape = Absent.text(shape);
    verdict = Absent.text(verdict);
    reason = Absent.text(reason);
    slopes = Absent.map(slopes);
    intervals = Absent.map(intervals);
    memoryVerdict = Absent.text(memoryVerdict);
    healing = Absent.text(healing);
    phases = Absent.list(phases);
    bands = Absent.list(bands);
    events = Absent.list(events);
    replay = Absent.text(replay);
    findings = Absent.list(findings);
    timeline = Absent.list(timeline);
  }

  /** Growth of the heap after collections, in MB per invocation, and its interval. */
  public record Heap(Double slope, List<Double> interval) {
    public Heap {
      interval = Absent.list(interval);
    }
  }

  /** A phase, in seconds since the cell began. */
  public record Span(String phase, double from, double to) {
    public Span {
      phase = Absent.text(phase);
    }
  }

  /** A state that lasted: {@code toxic} or {@code frozen}, in seconds since the cell began. */
  public record Band(String kind, double from, double to, String text) {
    public Band {
      kind = Absent.text(kind);
      text = Absent.text(text);
    }
  }

  /** Something that happened once, in seconds since the cell began. */
  public record Event(double at, String kind, String text) {
    public Event {
      kind = Absent.text(kind);
      text = Absent.text(text);
    }
  }

  /**
   * Collapsed stacks (outermost frame first, joined by semicolons) and how many threads had them.
   */
  public record Stacks(Map<String, Integer> before, Map<String, Integer> after) {
    public Stacks {
      before = Absent.map(before);
      after = Absent.map(after);
    }
  }

  /** The smallest fault that still leaks. */
  public record Minimized(String faults, Integer invocations, String replay) {
    public Minimized {
      faults = Absent.text(faults);
      replay = Absent.text(replay);
    }
  }

  /** How many runs there were and how many of them gave the same verdict. */
  public record Repeats(int runs, int same) {}

  /**
   * What the upstreams saw: requests that stand-ins got, duplicates of one that they had already
   * served, connections to real servers, null where nobody counted them, and how many of both each
   * upstream got, by its environment variable.
   */
  public record Upstream(
      Integer requests, Integer duplicates, Integer connections, Map<String, Integer> byVariable) {
    public Upstream {
      byVariable = Absent.map(byVariable);
    }

    /** Whether nothing is known to have reached one. */
    public boolean isUntouched() {
      return requests != null && requests == 0 && (connections == null || connections == 0);
    }
  }

  /** Whether it leaks, accepted or not. */
  public boolean leaks() {
    return verdict.equals("leak");
  }

  /** Whether it could not be judged; what is no verdict that is known is none. */
  public boolean isUnjudged() {
    return !leaks() && !verdict.equals("clean") && !verdict.equals("failed");
  }

  /** Whether it leaks and something of that is not accepted. */
  public boolean counts() {
    return leaks()
        && (findings.isEmpty() || findings.stream().anyMatch(finding -> !finding.isAccepted()));
  }

  /** Growth per invocation of a resource, or null when it is unknown. */
  public Double slope(String resource) {
    return slopes.get(resource);
  }
}
