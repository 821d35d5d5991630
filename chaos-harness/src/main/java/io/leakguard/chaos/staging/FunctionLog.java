package io.leakguard.chaos.staging;

import io.leakguard.chaos.verdict.GuardReport;
import io.leakguard.chaos.verdict.Past;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/** The log group of a function. Not thread-safe. */
final class FunctionLog {
  /**
   * What is asked for: documents and signs of life of a guard, and Lambda's own lines. A server may
   * answer with more.
   */
  private static final String WANTED =
      "?SurplusThreads ?leakguard ?\"START RequestId\" ?\"REPORT RequestId\" ?\"platform.start\""
          + " ?\"platform.report\"";

  private static final String OF_GUARD = "?SurplusThreads ?leakguard";

  /** Some ten thousand documents: one who leaks so much is known by now. */
  private static final int MOST_PAGES = 20;

  private final CloudWatchLogsClient logs;
  private final String group;

  FunctionLog(CloudWatchLogsClient logs, String group) {
    this.logs = logs;
    this.group = group;
  }

  /**
   * Makes sure that it can be read.
   *
   * @throws StagingException when it cannot
   */
  void check() {
    page(request().limit(1));
  }

  /** The lines from a moment on, oldest first. */
  List<LogLine> since(Instant from) {
    FilterLogEventsRequest.Builder request =
        request().filterPattern(WANTED).startTime(from.toEpochMilli());
    List<LogLine> lines = new ArrayList<>();
    String token = null;
    do {
      FilterLogEventsResponse page = page(request.nextToken(token));
      page.events().forEach(event -> lines.add(line(event)));
      token = page.nextToken();
    } while (token != null);
    // The order within a millisecond is kept.
    lines.sort((one, other) -> one.at().compareTo(other.at()));
    return lines;
  }

  private static LogLine line(FilteredLogEvent event) {
    return new LogLine(
        event.logStreamName(), Instant.ofEpochMilli(event.timestamp()), event.message());
  }

  /** What the guard of an environment has written before a moment. */
  Past past(String stream, Instant until) {
    FilterLogEventsRequest.Builder request =
        request().logStreamNames(stream).filterPattern(OF_GUARD).endTime(until.toEpochMilli());
    List<String> lines = new ArrayList<>();
    String token = null;
    for (int i = 0; i < MOST_PAGES; i++) {
      FilterLogEventsResponse page = page(request.nextToken(token));
      page.events().stream()
          .map(FilteredLogEvent::message)
          .filter(GuardReport::isOfGuard)
          .forEach(lines::add);
      token = page.nextToken();
      if (token == null) {
        return Past.of(lines);
      }
    }
    return Past.TOO_LONG;
  }

  private FilterLogEventsRequest.Builder request() {
    return FilterLogEventsRequest.builder().logGroupName(group);
  }

  private FilterLogEventsResponse page(FilterLogEventsRequest.Builder request) {
    return Aws.asked("read log group " + group, () -> logs.filterLogEvents(request.build()));
  }
}
