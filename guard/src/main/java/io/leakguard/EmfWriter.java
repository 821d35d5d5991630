package io.leakguard;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.cloudwatchlogs.emf.environment.LambdaEnvironment;
import software.amazon.cloudwatchlogs.emf.logger.MetricsLogger;
import software.amazon.cloudwatchlogs.emf.model.DimensionSet;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;
import software.amazon.cloudwatchlogs.emf.model.Unit;
import software.amazon.cloudwatchlogs.emf.sinks.ISink;

/**
 * Writes metric documents through the aws-embedded-metrics library; the only class that knows it,
 * so the library is loaded with the first report and not before (200 to 500 ms, measured).
 */
final class EmfWriter {
  private EmfWriter() {}

  /**
   * Writes one document as one line.
   *
   * @param properties root members beside the metrics; no null among them
   */
  static void write(
      Host host,
      String namespace,
      Reporter.Dimensions dimensions,
      Totals totals,
      Map<String, Object> properties) {
    // A logger of its own per document: from its second flush on, a logger of 4.2.0 leaves out what
    // its environment adds. The environment is given: the library's detection starts threads and
    // calls the network.
    MetricsLogger logger = new MetricsLogger(new LineEnvironment(host.out()));
    logger.setNamespace(namespace);
    logger.setTimestamp(host.now());
    logger.setDimensions(
        DimensionSet.of("FunctionName", dimensions.function()),
        DimensionSet.of(
            "FunctionName", dimensions.function(), "FunctionVersion", dimensions.version()));
    logger.putMetric("LiveThreads", totals.live(), Unit.COUNT);
    logger.putMetric("SurplusThreads", totals.surplus(), Unit.COUNT);
    logger.putMetric("LeakedThreads", totals.leaked(), Unit.COUNT);
    logger.putMetric("SuspectThreads", totals.suspects(), Unit.COUNT);
    if (totals.descriptors() >= 0) {
      logger.putMetric("OpenDescriptors", totals.descriptors(), Unit.COUNT);
    }
    totals
        .invocationsLeft()
        .ifPresent(left -> logger.putMetric("InvocationsLeft", (double) left, Unit.COUNT));
    properties.forEach(logger::putProperty);
    logger.flush();
  }

  /** Lambda, with a sink that prints where the host says. */
  private static final class LineEnvironment extends LambdaEnvironment {
    private final ISink sink;

    LineEnvironment(PrintStream out) {
      this.sink = new LineSink(out);
    }

    @Override
    public ISink getSink() {
      return sink;
    }
  }

  /** Prints each document with one call, so that it stays one log event. */
  private record LineSink(PrintStream out) implements ISink {
    @Override
    public void accept(MetricsContext context) {
      try {
        context.serialize().forEach(out::println);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the metric document could not be written", e);
      }
    }

    @Override
    public CompletableFuture<Void> shutdown() {
      return CompletableFuture.completedFuture(null);
    }
  }
}
