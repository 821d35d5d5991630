package io.leakguard.chaos.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks all functions' logs one question and makes the report of the answers. */
public final class Fleet {
  /** The service's own limit for the log groups that one query names. */
  private static final int GROUPS_A_QUERY = 50;

  /** An account may run few queries at once, and other people's dashboards need some. */
  private static final int QUERIES_AT_ONCE = 4;

  private static final int SECONDS_TO_STOP = 5;

  private final FleetQuestion question;
  private final Engine engine;
  private final Account account;
  private final Consumer<String> progress;

  Fleet(FleetQuestion question, Engine engine, Account account, Consumer<String> progress) {
    this.question = question;
    this.engine = engine;
    this.account = account;
    this.progress = progress;
  }

  /**
   * Asks and reports.
   *
   * @param progress is told what goes on, from one thread
   * @throws FleetException when AWS cannot be asked, or there is nothing to ask
   */
  public static FleetReport report(FleetQuestion question, Aws aws, Consumer<String> progress) {
    return Aws.explained(() -> new Fleet(question, aws.engine(), aws.account(), progress).report());
  }

  FleetReport report() {
    progress.accept("listing log groups");
    List<LogGroup> groups = account.logGroups(question.prefix());
    if (groups.isEmpty()) {
      throw new FleetException(
          "no log group begins with "
              + question.prefix()
              + " in "
              + account.region()
              + "\ngive --log-group-prefix and --region as they are");
    }
    progress.accept("asking " + groups.size() + " log groups; this takes seconds to minutes");
    List<Reading> readings = answers(groups.stream().filter(LogGroup::isStandard).toList());
    return report(groups, readings.get(0), readings.get(1));
  }

  private FleetReport report(List<LogGroup> groups, Reading now, Reading before) {
    progress.accept("listing functions and their owners");
    CoverageSurvey survey = CoverageSurvey.of(account, question.prefix(), groups);
    Owners owners = new Owners(account, question.ownerTag(), survey.functions(), groups);
    double scale =
        (double) question.window().length().toMillis() / question.before().length().toMillis();
    Leaks leaks = new Leaks(now.rows(), before.rows(), scale);
    List<Leak> all = leaks.all();
    Set<String> heard =
        Stream.concat(now.rows().stream(), before.rows().stream())
            .map(row -> row.key().function())
            .collect(Collectors.toSet());
    Reading both = Reading.sum(List.of(now, before));
    return new FleetReport(
        question,
        account.region(),
        all.stream().limit(question.top()).map(leak -> leak.owned(owners::of)).toList(),
        FleetReport.Counts.of(all, leaks),
        survey.coverage(heard, question.before().start(), owners),
        both.cost(),
        both.cutOff().isEmpty(),
        notes(groups, both));
  }

  private List<String> notes(List<LogGroup> groups, Reading both) {
    List<String> notes = new ArrayList<>();
    Duration span = Duration.between(question.before().start(), question.window().end());
    long forgetful =
        groups.stream()
            .filter(group -> group.retentionDays() > 0)
            .filter(group -> Duration.ofDays(group.retentionDays()).compareTo(span) < 0)
            .count();
    if (forgetful > 0) {
      notes.add(
          forgetful
              + " of "
              + groups.size()
              + " log groups do not keep lines as long as both windows: there, new may be old");
    }
    long others = groups.stream().filter(group -> !group.isStandard()).count();
    if (others > 0) {
      notes.add(
          others
              + " of "
              + groups.size()
              + " log groups are not of the standard class: not asked, and without metrics");
    }
    for (Window window : both.cutOff()) {
      notes.add(
          "more than "
              + GuardQuery.ROW_LIMIT
              + " rows from "
              + window.start()
              + " to "
              + window.end()
              + ": what is over that is missing");
    }
    return notes;
  }

  private List<Reading> answers(List<LogGroup> groups) {
    if (!question.inBatches()) {
      try {
        return read(List.of(Reader.ofPrefix(engine, question.prefix())));
      } catch (SourceRefused tooMany) {
        // An older endpoint, or more log groups than it chooses by itself: name them.
      }
    }
    List<Reader> readers = new ArrayList<>();
    for (int from = 0; from < groups.size(); from += GROUPS_A_QUERY) {
      List<LogGroup> some = groups.subList(from, Math.min(groups.size(), from + GROUPS_A_QUERY));
      readers.add(Reader.ofGroups(engine, some.stream().map(LogGroup::name).toList()));
    }
    return read(readers);
  }

  /** The window's reading, and that of the window before. */
  private List<Reading> read(List<Reader> readers) {
    ExecutorService pool = Executors.newFixedThreadPool(QUERIES_AT_ONCE);
    try {
      List<Callable<Reading>> tasks = new ArrayList<>();
      for (Window window : List.of(question.window(), question.before())) {
        readers.forEach(reader -> tasks.add(() -> reader.read(window)));
      }
      List<Future<Reading>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(pool.submit(task)));
      int half = readers.size();
      return List.of(sum(futures.subList(0, half)), sum(futures.subList(half, futures.size())));
    } finally {
      end(pool);
    }
  }

  private static Reading sum(List<Future<Reading>> futures) {
    List<Reading> readings = new ArrayList<>();
    for (Future<Reading> future : futures) {
      try {
        readings.add(future.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FleetException("interrupted", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    return Reading.sum(readings);
  }

  /** Where one query fails, the others are stopped, since they are paid. */
  private static void end(ExecutorService pool) {
    pool.shutdownNow();
    try {
      // As long as a request may take that stops one; then the client goes away.
      pool.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
