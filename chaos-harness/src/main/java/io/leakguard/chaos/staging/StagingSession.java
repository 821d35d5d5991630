package io.leakguard.chaos.staging;

import io.leakguard.chaos.fault.SharedToxiproxy;
import io.leakguard.chaos.scenario.ShapeRun;
import io.leakguard.chaos.verdict.Judgement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * One staging run, from the moment at which something is touched. The thread that opens it plays;
 * it is interrupted when a guard rail is hit. Not thread-safe.
 */
public final class StagingSession implements AutoCloseable {
  private static final Duration LOOK_AT_ALARMS = Duration.ofSeconds(10);

  private final StagingPlan plan;
  private final Aws aws;
  private final SharedToxiproxy toxiproxy;
  private final Watchman watchman;
  private final Sender sender;
  private final Map<String, FunctionLog> logs = new HashMap<>();

  private StagingSession(StagingPlan plan, Aws aws, SharedToxiproxy toxiproxy, Watchman watchman) {
    this.plan = plan;
    this.aws = aws;
    this.toxiproxy = toxiproxy;
    this.watchman = watchman;
    this.sender = new Sender(plan.config().rails());
  }

  /** What events are made from, and how many errors a fault may cause, in per cent. */
  public record Rules(long seed, double maxErrors) {}

  /**
   * Opens a session: nothing is disturbed unless account, stage, logs and alarms are as they must
   * be.
   *
   * @param notice told in one line what is found
   * @throws StagingException when a guard rail forbids it, or AWS refuses
   * @throws io.leakguard.chaos.fault.FaultException when Toxiproxy cannot be used
   */
  public static StagingSession open(StagingPlan plan, Consumer<String> notice)
      throws InterruptedException {
    plan.check();
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      Aws aws = Aws.of(plan.config());
      opened.add(aws);
      Admission.check(plan, aws);
      Watchman watchman =
          Watchman.overThisThread(aws.alarms(), plan.config().rails(), LOOK_AT_ALARMS);
      opened.add(watchman);
      SharedToxiproxy toxiproxy =
          SharedToxiproxy.connect(
              plan.config().toxiproxy(), plan.config().routes(), SharedToxiproxy.HEARTBEAT, notice);
      return new StagingSession(plan, aws, toxiproxy, watchman);
    } catch (RuntimeException | InterruptedException e) {
      for (AutoCloseable each : opened) {
        closeQuietly(each);
      }
      throw e;
    }
  }

  private static void closeQuietly(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      System.getLogger(StagingSession.class.getName())
          .log(System.Logger.Level.DEBUG, "not closed: " + e.getMessage());
    }
  }

  /**
   * What came of a cell.
   *
   * @param judgement empty where no fault can have reached the function
   * @param reason why it is empty, in words
   */
  public record Played(Optional<Judgement> judgement, String reason) {}

  /**
   * Plays one cell.
   *
   * @param progress told the shape and the phase that begins
   */
  public Played play(
      StagingPlan.Cell cell,
      LongFunction<String> events,
      Rules rules,
      ShapeRun.PhaseListener progress)
      throws InterruptedException {
    Deployed function = cell.function();
    Caller caller =
        function.way() instanceof Way.Invoke invoke
            ? new LambdaCaller(aws.lambda(), invoke)
            : new HttpCaller((Way.Url) function.way());
    FunctionLog log =
        logs.computeIfAbsent(function.logGroup(), group -> new FunctionLog(aws.logs(), group));
    Played played =
        new CellPlay(cell, toxiproxy, sender, log, plan.config().logs())
            .play(new CellPlay.Load(caller, events, rules.seed(), rules.maxErrors()), progress);
    if (Thread.interrupted()) {
      // An interruption that reached the control plane has made a harness fault of the cell.
      throw new InterruptedException();
    }
    return played;
  }

  /** The guard rail that has stopped the run, in words; empty while none has. */
  public Optional<String> stopped() {
    return watchman.reason();
  }

  /** Heals everything that was disturbed. */
  @Override
  public void close() {
    watchman.close();
    sender.close();
    try (aws) {
      toxiproxy.close();
    }
  }
}
