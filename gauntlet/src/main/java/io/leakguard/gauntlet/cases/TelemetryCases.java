package io.leakguard.gauntlet.cases;

import com.amazonaws.xray.AWSXRayRecorder;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.codahale.metrics.ConsoleReporter;
import com.codahale.metrics.MetricRegistry;
import com.timgroup.statsd.NonBlockingStatsDClientBuilder;
import com.timgroup.statsd.StatsDClient;
import io.leakguard.gauntlet.fixture.Fixtures;
import io.micrometer.core.instrument.logging.LoggingMeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.sentry.Sentry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Metrics, traces and error reports: a sender's thread behind each. */
final class TelemetryCases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private TelemetryCases() {}

  static void addTo(Cases cases) {
    openTelemetry(cases);
    metrics(cases);
    statsd(cases);
    others(cases);
  }

  private static void openTelemetry(Cases cases) {
    cases.leak("otel-tracer-provider", n -> trace(kept(tracers())));
    cases.leak("otel-meter-provider", n -> count(kept(meters())));
    cases.leak("otel-logger-provider", n -> log(kept(loggers())));
    cases.right("otel-static", TelemetryCases::staticTracers);
    cases.right("otel-three-signals-lazily", TelemetryCases::threeSignals);
    cases
        .right("otel-closed", n -> traceAndClose())
        .undecidable(
            "its worker sees that it was closed only when its wait ends: until then it looks like"
                + " that of a provider nobody closed",
            "the first worker that ends");
  }

  private static void metrics(Cases cases) {
    cases.leak("micrometer-logging-registry", n -> count(kept(registry())));
    cases.leak("dropwizard-reporter", n -> kept(reporter()).start(1, TimeUnit.HOURS));
    cases.right("micrometer-static", TelemetryCases::staticRegistry);
    cases.right("micrometer-closed", n -> countAndClose());
    cases.right("dropwizard-static", TelemetryCases::staticReporter);
    cases.right("dropwizard-closed", n -> reportAndClose());
  }

  private static void statsd(Cases cases) {
    cases.leak("statsd-client", n -> kept(statsdClient()).count("orders", n));
    cases.right("statsd-static", TelemetryCases::staticStatsd);
    cases.right("statsd-lazy", TelemetryCases::lazyStatsd);
    cases.right("statsd-closed", n -> countAndCloseStatsd());
  }

  private static void others(Cases cases) {
    cases.right("sentry-static", TelemetryCases::sentry);
    cases.right("xray-static", TelemetryCases::xray);
  }

  private static <T> T kept(T provider) {
    KEPT.add(provider);
    return provider;
  }

  private static SdkTracerProvider tracers() {
    return SdkTracerProvider.builder()
        .addSpanProcessor(BatchSpanProcessor.builder(new SpansNowhere()).build())
        .build();
  }

  private static void trace(SdkTracerProvider tracers) {
    tracers.get("orders").spanBuilder("price").startSpan().end();
  }

  private static SdkMeterProvider meters() {
    return SdkMeterProvider.builder()
        .registerMetricReader(PeriodicMetricReader.create(new MetricsNowhere()))
        .build();
  }

  private static void count(SdkMeterProvider meters) {
    meters.get("orders").counterBuilder("prices").build().add(1);
  }

  private static SdkLoggerProvider loggers() {
    return SdkLoggerProvider.builder()
        .addLogRecordProcessor(BatchLogRecordProcessor.builder(new LogsNowhere()).build())
        .build();
  }

  private static void log(SdkLoggerProvider loggers) {
    loggers.get("orders").logRecordBuilder().setBody("priced").emit();
  }

  private static Body staticTracers() {
    SdkTracerProvider tracers = tracers();
    return n -> trace(tracers);
  }

  /** Each signal's thread starts with its first use: one in each of three invocations. */
  private static Body threeSignals() {
    Lazy<SdkTracerProvider> tracers = Lazy.of(TelemetryCases::tracers);
    Lazy<SdkMeterProvider> meters = Lazy.of(TelemetryCases::meters);
    Lazy<SdkLoggerProvider> loggers = Lazy.of(TelemetryCases::loggers);
    return n -> {
      trace(tracers.get());
      if (n > 1) {
        count(meters.get());
      }
      if (n > 2) {
        log(loggers.get());
      }
    };
  }

  private static void traceAndClose() {
    BatchSpanProcessor processor =
        BatchSpanProcessor.builder(new SpansNowhere())
            .setScheduleDelay(Duration.ofMillis(200))
            .build();
    try (SdkTracerProvider tracers =
        SdkTracerProvider.builder().addSpanProcessor(processor).build()) {
      trace(tracers);
    }
  }

  private static LoggingMeterRegistry registry() {
    return LoggingMeterRegistry.builder(key -> null).loggingSink(line -> {}).build();
  }

  private static void count(LoggingMeterRegistry registry) {
    registry.counter("prices").increment();
  }

  private static void countAndClose() {
    LoggingMeterRegistry registry = registry();
    count(registry);
    registry.close();
  }

  private static Body staticRegistry() {
    Lazy<LoggingMeterRegistry> registry = Lazy.of(TelemetryCases::registry);
    return n -> count(registry.get());
  }

  private static ConsoleReporter reporter() {
    return ConsoleReporter.forRegistry(new MetricRegistry()).outputTo(System.err).build();
  }

  private static Body staticReporter() {
    ConsoleReporter reporter = kept(reporter());
    reporter.start(50, TimeUnit.MILLISECONDS);
    return n -> {};
  }

  private static void reportAndClose() {
    try (ConsoleReporter reporter = reporter()) {
      reporter.start(1, TimeUnit.HOURS);
    }
  }

  private static StatsDClient statsdClient() {
    return new NonBlockingStatsDClientBuilder()
        .hostname("127.0.0.1")
        .port(9)
        .enableTelemetry(false)
        .build();
  }

  private static Body staticStatsd() {
    StatsDClient client = statsdClient();
    return n -> client.count("orders", n);
  }

  private static Body lazyStatsd() {
    Lazy<StatsDClient> client = Lazy.of(TelemetryCases::statsdClient);
    return n -> client.get().count("orders", n);
  }

  private static void countAndCloseStatsd() {
    try (StatsDClient client = statsdClient()) {
      client.count("orders", 1);
    }
  }

  private static Body sentry() {
    Sentry.init(
        options -> {
          options.setDsn("http://key@127.0.0.1:" + Fixtures.http() + "/1");
          options.setEnableUncaughtExceptionHandler(false);
        });
    return n -> Sentry.captureMessage("no stock for order " + n);
  }

  private static Body xray() {
    AWSXRayRecorder recorder = AWSXRayRecorderBuilder.defaultRecorder();
    return n -> {
      recorder.beginSegment("price");
      recorder.endSegment();
    };
  }

  /** Exports to nowhere. */
  abstract static class Nowhere<T> {
    public CompletableResultCode export(Collection<T> signals) {
      return CompletableResultCode.ofSuccess();
    }

    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static final class SpansNowhere extends Nowhere<SpanData> implements SpanExporter {}

  private static final class LogsNowhere extends Nowhere<LogRecordData>
      implements LogRecordExporter {}

  private static final class MetricsNowhere extends Nowhere<MetricData> implements MetricExporter {
    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
      return AggregationTemporality.CUMULATIVE;
    }
  }
}
