package io.leakguard.gauntlet.cases;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/** Log4j's appenders and loggers that write on a thread of their own. */
final class Log4jCases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private Log4jCases() {}

  static void addTo(Cases cases) {
    cases.leak("async-appender", n -> log(context("orders-" + n)));
    cases.leak("async-loggers", n -> log(asyncContext("orders-" + n)));
    cases.right("async-appender-static", Log4jCases::staticContext);
    cases.right("async-loggers-static", Log4jCases::staticAsyncContext);
    cases.right("async-appender-stopped", n -> logAndStop(n));
  }

  private static BuiltConfiguration configuration() {
    ConfigurationBuilder<BuiltConfiguration> builder =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    builder.add(builder.newAppender("last", "CountingNoOp"));
    builder.add(builder.newAppender("async", "Async").addComponent(builder.newAppenderRef("last")));
    builder.add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("async")));
    return builder.build(false);
  }

  private static LoggerContext context(String name) {
    return started(new LoggerContext(name));
  }

  private static LoggerContext asyncContext(String name) {
    return started(new AsyncLoggerContext(name));
  }

  private static LoggerContext started(LoggerContext context) {
    context.start(configuration());
    KEPT.add(context);
    return context;
  }

  private static void log(LoggerContext context) {
    context.getLogger("orders").info("priced");
  }

  private static Body staticContext() {
    Lazy<LoggerContext> context = Lazy.of(() -> context("orders"));
    return n -> log(context.get());
  }

  private static Body staticAsyncContext() {
    Lazy<LoggerContext> context = Lazy.of(() -> asyncContext("orders"));
    return n -> log(context.get());
  }

  private static void logAndStop(int invocation) {
    LoggerContext context = context("orders-" + invocation);
    log(context);
    context.stop();
  }
}
