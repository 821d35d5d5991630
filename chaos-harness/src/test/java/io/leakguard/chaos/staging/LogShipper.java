package io.leakguard.chaos.staging;

import io.leakguard.chaos.lambda.EnvironmentId;
import io.leakguard.chaos.lambda.EnvironmentListener;
import io.leakguard.chaos.lambda.InvocationRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.InputLogEvent;

/**
 * Does what Lambda does with what functions write: brings it to CloudWatch Logs a little later, a
 * log stream for each environment, with lines of its own around each invocation.
 */
public final class LogShipper implements EnvironmentListener, AutoCloseable {
  private static final long LATE_MILLIS = 200;

  private record Line(String group, String stream, InputLogEvent event) {}

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final BlockingQueue<Line> queue = new LinkedBlockingQueue<>();
  private final CloudWatchLogsClient logs;
  private final Set<String> known = new HashSet<>();
  private final Thread thread = new Thread(this::ship, "log-shipper");

  public LogShipper(CloudWatchLogsClient logs) {
    this.logs = logs;
    thread.setDaemon(true);
    thread.start();
  }

  public static String group(String function) {
    return "/aws/lambda/" + function;
  }

  @Override
  public void invocationStarted(EnvironmentId environment, String requestId, boolean coldStart) {
    add(environment, "START RequestId: " + requestId + " Version: $LATEST\n");
  }

  @Override
  public void logLine(EnvironmentId environment, String requestId, String line, boolean framed) {
    add(environment, line);
  }

  @Override
  public void invocationEnded(InvocationRecord invocation) {
    if (invocation.environment() != null) {
      add(
          invocation.environment(),
          String.format(
              Locale.ROOT,
              "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: 1 ms\t\n",
              invocation.requestId(),
              invocation.duration().toNanos() / 1e6));
    }
  }

  private void add(EnvironmentId environment, String text) {
    if (text.isBlank()) {
      return;
    }
    String stream = "2026/01/01/[$LATEST]%s-%d".formatted(run, environment.number());
    InputLogEvent event =
        InputLogEvent.builder().timestamp(System.currentTimeMillis()).message(text).build();
    queue.add(new Line(group(environment.function()), stream, event));
  }

  private void ship() {
    try {
      while (true) {
        List<Line> lines = new ArrayList<>(List.of(queue.take()));
        Thread.sleep(LATE_MILLIS);
        queue.drainTo(lines);
        for (Line line : lines) {
          send(line);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Line line) {
    if (known.add(line.stream() + line.group())) {
      logs.createLogStream(r -> r.logGroupName(line.group()).logStreamName(line.stream()));
    }
    logs.putLogEvents(
        r -> r.logGroupName(line.group()).logStreamName(line.stream()).logEvents(line.event()));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
