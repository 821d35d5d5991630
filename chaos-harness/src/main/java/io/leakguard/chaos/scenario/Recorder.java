package io.leakguard.chaos.scenario;

import io.leakguard.chaos.lambda.EnvironmentEnd;
import io.leakguard.chaos.lambda.EnvironmentInfo;
import io.leakguard.chaos.lambda.InvocationRecord;
import io.leakguard.chaos.process.JvmAttach;
import io.leakguard.chaos.process.JvmDump;
import io.leakguard.chaos.verdict.Course;
import io.leakguard.chaos.verdict.Failure;
import io.leakguard.chaos.verdict.GuardReport;
import io.leakguard.chaos.verdict.Judge;
import io.leakguard.chaos.verdict.Levels;
import io.leakguard.chaos.verdict.Outcome;
import io.leakguard.chaos.verdict.Phase;
import io.leakguard.chaos.verdict.PhaseRecord;
import io.leakguard.chaos.verdict.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Collects what is observed of one function while a shape is played. Thread-safe. */
final class Recorder {
  /** Where the sample of an environment's last invocation is. */
  private record Place(Phase phase, int index) {}

  private final Looker looker;
  private final Supplier<Course.Calls> calls;
  private final CourseLog log = new CourseLog();
  private final Map<Phase, List<Sample>> samples = new EnumMap<>(Phase.class);
  private final Map<Phase, List<GuardReport>> reports = new EnumMap<>(Phase.class);
  private final Map<Phase, Map<Outcome, Integer>> outcomes = new EnumMap<>(Phase.class);
  private final Map<Phase, Map<Failure, Integer>> failures = new EnumMap<>(Phase.class);
  private final Map<Integer, Place> last = new HashMap<>();
  private final Map<Integer, Integer> backlogs = new HashMap<>();
  private Phase phase = Phase.WARM_UP;
  private int expected = Integer.MAX_VALUE;
  private boolean ignoring;

  /**
   * A recorder of one cell, which begins now.
   *
   * @param upstreamPorts ports of the proxies: the sockets that count
   * @param calls what the upstreams have received so far
   */
  Recorder(Set<Integer> upstreamPorts, Supplier<Course.Calls> calls) {
    this.looker = new Looker(Set.copyOf(upstreamPorts)::contains);
    this.calls = calls;
    for (Phase each : Phase.values()) {
      samples.put(each, new ArrayList<>());
      reports.put(each, new ArrayList<>());
      outcomes.put(each, new EnumMap<>(Outcome.class));
      failures.put(each, new HashMap<>());
    }
  }

  synchronized void begin(Phase next) {
    phase = next;
    expected = Integer.MAX_VALUE;
    log.begin(next);
  }

  /** Says how many invocations the phase has: after the last one more is looked at. */
  synchronized void expect(int invocations) {
    expected = invocations;
  }

  /** Whether invocations that end belong to no phase. */
  synchronized void ignore(boolean on) {
    ignoring = on;
  }

  /** What the cell went through. */
  CourseLog log() {
    return log;
  }

  synchronized void ended(InvocationRecord invocation) {
    if (ignoring) {
      return;
    }
    Optional<Failure> failure = FailureOf.outcome(invocation.outcome());
    Outcome outcome = Failure.outcome(failure);
    failure.ifPresent(failed -> failures.get(phase).merge(failed, 1, Integer::sum));
    outcomes.get(phase).merge(outcome, 1, Integer::sum);
    int environment = invocation.environment() == null ? 0 : invocation.environment().number();
    List<Sample> taken = samples.get(phase);
    last.put(environment, new Place(phase, taken.size()));
    taken.add(
        new Sample(
            environment,
            invocation.requestId(),
            log.now(),
            invocation.duration(),
            outcome,
            Optional.empty()));
  }

  void idle(EnvironmentInfo environment) {
    int number = environment.id().number();
    Optional<Phase> when = phaseOf(number);
    // An environment that has just started has no invocation to account for.
    if (when.isPresent()) {
      // Looked at before the lock is taken: it reads a few hundred files.
      Looker.Depth depth = depth(when.get());
      looker
          .look(environment.pid(), depth)
          .ifPresent(
              look -> {
                counted(number, look);
                if (!look.threadPrint().isEmpty()) {
                  log.stacks(when.get(), JvmDump.stacks(look.threadPrint()));
                }
              });
    }
  }

  private synchronized Optional<Phase> phaseOf(int environment) {
    return Optional.ofNullable(last.get(environment)).map(Place::phase);
  }

  private synchronized Looker.Depth depth(Phase when) {
    int seen = outcomes.get(when).values().stream().mapToInt(Integer::intValue).sum();
    if (seen < expected) {
      return Looker.Depth.COUNT;
    }
    boolean compared = when == Phase.BASELINE || when == Phase.FAULT_AGAIN;
    return compared ? Looker.Depth.STACKS : Looker.Depth.HEAP;
  }

  private synchronized void counted(int environment, Looker.Look look) {
    Place place = last.get(environment);
    List<Sample> taken = samples.get(place.phase());
    Levels levels = levels(environment, look);
    // Invocations that overlapped in one environment are looked at together.
    for (int i = place.index(); i >= 0; i--) {
      Sample sample = taken.get(i);
      if (sample.environment() == environment) {
        if (sample.counted().isPresent()) {
          break;
        }
        taken.set(i, sample.counted(levels, log.now()));
      }
    }
  }

  private synchronized Levels levels(int environment, Looker.Look look) {
    return new Levels(
        look.vitals().threads(),
        look.vitals().established(),
        look.vitals().closeWait(),
        look.vitals().descriptors(),
        backlogs.getOrDefault(environment, 0),
        (int) calls.get().duplicates(),
        look.vitals().rssMegabytes(),
        look.heapMegabytes(),
        look.vitals().families());
  }

  void ended(EnvironmentInfo environment, EnvironmentEnd reason, int status) {
    log.ended(environment.id().number(), reason, status);
    JvmAttach.forget(environment.pid());
  }

  void line(int environment, String line) {
    GuardReport.parse(line).ifPresent(report -> reported(environment, report));
  }

  private synchronized void reported(int environment, GuardReport report) {
    reports.get(phase).add(report);
    if (report.kind().equals("backlog")) {
      backlogs.put(environment, report.verdict().equals("RECOVERED") ? 0 : report.groupThreads());
    }
  }

  synchronized Map<Phase, PhaseRecord> phases() {
    Map<Phase, PhaseRecord> records = new EnumMap<>(Phase.class);
    for (Phase each : Phase.values()) {
      records.put(
          each,
          new PhaseRecord(
              samples.get(each), outcomes.get(each), failures.get(each), reports.get(each)));
    }
    return records;
  }

  /** The longest invocation of a phase so far. */
  synchronized Duration slowest(Phase which) {
    return samples.get(which).stream()
        .map(Sample::took)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** The environment that served most of a phase. */
  int environmentOf(Phase which) {
    return phases().get(which).busiestEnvironment();
  }

  /** Whether more invocations of a phase would say nothing new. */
  boolean isClear(Phase which) {
    return Judge.isClear(phases(), which);
  }

  /** Whether something rose in a phase and its invocations do not tell whether it grows. */
  boolean isUndecided(Phase which) {
    return Judge.isUndecided(phases(), which);
  }

  /** What an environment that runs holds now, after a collection; empty when it is gone. */
  Optional<Levels> levelsNow(EnvironmentInfo environment) {
    return looker
        .look(environment.pid(), Looker.Depth.HEAP)
        .map(look -> levels(environment.id().number(), look));
  }

  /** What happened until now, which is the cell's end. */
  Course course() {
    return log.course(calls.get());
  }
}
