package io.leakguard.chaos.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.InvalidParameterException;
import software.amazon.awssdk.services.cloudwatchlogs.model.MalformedQueryException;
import software.amazon.awssdk.services.cloudwatchlogs.model.QueryStatistics;
import software.amazon.awssdk.services.cloudwatchlogs.model.QueryStatus;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResultField;
import software.amazon.awssdk.services.cloudwatchlogs.model.StartQueryRequest;

/** CloudWatch Logs Insights. Thread-safe. */
final class InsightsEngine implements Engine {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** The service itself gives up after an hour; a nightly job should say so sooner. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(20);

  private final CloudWatchLogsClient logs;
  private final Retry retry;

  InsightsEngine(CloudWatchLogsClient logs, Retry retry) {
    this.logs = logs;
    this.retry = retry;
  }

  /**
   * Asks about all log groups whose names begin so.
   *
   * @throws SourceRefused when the service does not choose log groups itself
   */
  @Override
  public Answer ask(GuardQuery query, String prefix) {
    try {
      return ask(request(query).queryString(query.withSource(prefix)).build());
    } catch (MalformedQueryException | InvalidParameterException refusal) {
      throw new SourceRefused(refusal);
    }
  }

  @Override
  public Answer ask(GuardQuery query, List<String> groups) {
    return ask(request(query).queryString(query.text()).logGroupNames(groups).build());
  }

  /** Whole seconds around the window; the query itself is exact. */
  private static StartQueryRequest.Builder request(GuardQuery query) {
    Instant end = query.window().end();
    return StartQueryRequest.builder()
        .startTime(query.window().start().getEpochSecond())
        .endTime(end.getNano() == 0 ? end.getEpochSecond() : end.getEpochSecond() + 1)
        .limit(GuardQuery.ROW_LIMIT);
  }

  private Answer ask(StartQueryRequest request) {
    String id = retry.call(() -> logs.startQuery(request)).queryId();
    boolean ended = false;
    try {
      GetQueryResultsResponse results = await(id);
      ended = true;
      return new Answer(
          results.results().stream().map(InsightsEngine::row).toList(), cost(results));
    } finally {
      if (!ended) {
        stop(id);
      }
    }
  }

  private GetQueryResultsResponse await(String id) {
    Duration pause = FIRST_PAUSE;
    Duration waited = Duration.ZERO;
    while (waited.compareTo(LONGEST_WAIT) < 0) {
      GetQueryResultsResponse results = retry.call(() -> logs.getQueryResults(r -> r.queryId(id)));
      if (results.status() == QueryStatus.COMPLETE) {
        return results;
      }
      if (results.status() != QueryStatus.RUNNING && results.status() != QueryStatus.SCHEDULED) {
        throw new FleetException("a query ended as " + results.statusAsString() + ": " + id);
      }
      retry.waitFor(pause);
      waited = waited.plus(pause);
      pause = pause.multipliedBy(3).dividedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
    throw new FleetException("a query gave no answer within " + LONGEST_WAIT.toMinutes() + " min");
  }

  /** What nobody waits for any more still reads, and is paid. */
  private void stop(String id) {
    // The SDK sends nothing on a thread that is interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      logs.stopQuery(request -> request.queryId(id));
    } catch (SdkException alreadyEnded) {
      // Or it cannot be stopped; why the command fails is told by something else.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Map<String, String> row(List<ResultField> fields) {
    Map<String, String> row = new LinkedHashMap<>();
    for (ResultField field : fields) {
      if (field.value() != null) {
        row.put(field.field(), field.value());
      }
    }
    return row;
  }

  private static Cost cost(GetQueryResultsResponse results) {
    QueryStatistics statistics = results.statistics();
    return statistics == null
        ? new Cost(1, 0, 0)
        : new Cost(1, known(statistics.bytesScanned()), known(statistics.recordsScanned()));
  }

  private static double known(Double value) {
    return value == null ? 0 : value;
  }
}
