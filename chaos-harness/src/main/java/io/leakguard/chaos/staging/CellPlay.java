package io.leakguard.chaos.staging;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fault.SharedToxiproxy;
import io.leakguard.chaos.scenario.CourseLog;
import io.leakguard.chaos.scenario.Fault;
import io.leakguard.chaos.scenario.FromOutside;
import io.leakguard.chaos.scenario.Shape;
import io.leakguard.chaos.scenario.ShapeRun;
import io.leakguard.chaos.verdict.Course;
import io.leakguard.chaos.verdict.GuardJudge;
import io.leakguard.chaos.verdict.Judge;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Phase;
import io.leakguard.chaos.verdict.Witness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Plays one shape on one deployed function, once. Not thread-safe. */
final class CellPlay {
  /** Errors allowed where there is no fault. */
  private static final double ERROR_PERCENT = 5;

  private static final long POLL_MILLIS = 500;

  /** Clocks of this machine and of the log may differ by a little. */
  private static final int SKEW_SECONDS = 5;

  private final StagingPlan.Cell cell;
  private final SharedToxiproxy toxiproxy;
  private final Sender sender;
  private final FunctionLog functionLog;
  private final StagingConfig.Logs patience;
  private final CourseLog course = new CourseLog();
  private final Map<Phase, Instant> begins = new EnumMap<>(Phase.class);
  private final List<Call> calls = new ArrayList<>();
  private final Instant begun = Instant.now();

  CellPlay(
      StagingPlan.Cell cell,
      SharedToxiproxy toxiproxy,
      Sender sender,
      FunctionLog functionLog,
      StagingConfig.Logs patience) {
    this.cell = cell;
    this.toxiproxy = toxiproxy;
    this.sender = sender;
    this.functionLog = functionLog;
    this.patience = patience;
  }

  /** What is the same for all cells of a function. */
  record Load(Caller caller, LongFunction<String> events, long seed, double maxErrors) {}

  /** Plays and judges it. Trouble makes a harness fault. */
  StagingSession.Played play(Load load, ShapeRun.PhaseListener progress)
      throws InterruptedException {
    try {
      Map<String, Long> before = toxiproxy.carried();
      for (Phase phase : Phase.values()) {
        progress.begins(cell.shape(), phase);
        course.begin(phase);
        begins.put(phase, Instant.now());
        play(phase, load);
      }
      Course happened = course.course(Course.Calls.UNKNOWN);
      CellLog log = new CellLog(awaitLog(), calls, begun);
      return reached(before)
          ? new StagingSession.Played(Optional.of(judge(log, happened, load)), "")
          : new StagingSession.Played(
              Optional.empty(),
              "no byte of it went through " + String.join(", ", cell.function().proxies()));
    } catch (FaultException | StagingException e) {
      return new StagingSession.Played(Optional.of(Judgement.harnessFault(e.getMessage())), "");
    }
  }

  private void play(Phase phase, Load load) throws InterruptedException {
    Shape shape = cell.shape();
    if (!phase.faulty()) {
      calls.addAll(sender.send(phase, shape, load.caller(), load.events(), load.seed()));
      return;
    }
    List<String> proxies = cell.function().proxies();
    boolean disturbs = disturbs();
    try {
      shape.faults().forEach(fault -> arm(fault, proxies));
      if (!shape.faults().isEmpty()) {
        course.armed(shape.reproduces());
      }
      calls.addAll(sender.send(phase, shape, load.caller(), load.events(), load.seed()));
      if (disturbs) {
        toxiproxy.requireDisturbed(proxies);
      }
    } finally {
      toxiproxy.heal();
      course.disarmed();
    }
  }

  private boolean disturbs() {
    return cell.shape().faults().stream()
        .anyMatch(fault -> !(fault.outside() instanceof FromOutside.Called));
  }

  private void arm(Fault fault, List<String> proxies) {
    FromOutside outside = fault.outside();
    if (outside instanceof FromOutside.Disturbed disturbed) {
      toxiproxy.disturb(proxies, disturbed.toxics(), disturbed.reconnect());
    } else if (outside instanceof FromOutside.Refused) {
      toxiproxy.refuse(proxies);
    }
  }

  /** What no fault has reached is not clean. */
  private boolean reached(Map<String, Long> before) {
    if (!disturbs()) {
      return true;
    }
    Map<String, Long> after = toxiproxy.carried();
    return cell.function().proxies().stream()
        .anyMatch(name -> after.getOrDefault(name, 0L) > before.getOrDefault(name, 0L));
  }

  /** Waits until all invocations have shown up, and a little longer for what is late. */
  private LogStory awaitLog() throws InterruptedException {
    Instant from = begun.minusSeconds(SKEW_SECONDS);
    long end = System.nanoTime() + patience.patience().toNanos();
    while (true) {
      LogStory story = new LogStory(begins, calls, functionLog.since(from));
      Optional<Phase> incomplete = incomplete(story);
      if (incomplete.isEmpty()) {
        Thread.sleep(patience.settle().toMillis());
        return new LogStory(begins, calls, functionLog.since(from));
      }
      if (System.nanoTime() > end) {
        throw new StagingException(
            "log group %s does not show all invocations of phase %s within %d s: %d are missing\n"
                .concat("the system log level must be INFO, and the log group the function's")
                .formatted(
                    cell.function().logGroup(),
                    incomplete.get(),
                    patience.patience().toSeconds(),
                    story.missing(incomplete.get())));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private static Optional<Phase> incomplete(LogStory story) {
    for (Phase phase : Phase.values()) {
      if (story.missing(phase) > 0) {
        return Optional.of(phase);
      }
    }
    return Optional.empty();
  }

  private Judgement judge(CellLog log, Course happened, Load load) {
    Map<Phase, Integer> sent = new EnumMap<>(cell.shape().invocations());
    Judge.Limits limits =
        new Judge.Limits(sent, ERROR_PERCENT, load.maxErrors(), cell.function().proxies().size());
    List<Witness> witnesses =
        log.witnesses(stream -> functionLog.past(stream, begins.get(Phase.FAULT)));
    return GuardJudge.judge(witnesses, log.phases(), with(witnesses.size(), happened), limits);
  }

  private static Course with(int environments, Course course) {
    return new Course(
        course.took(),
        environments,
        course.phases(),
        course.bands(),
        course.events(),
        course.before(),
        course.after(),
        course.calls());
  }
}
