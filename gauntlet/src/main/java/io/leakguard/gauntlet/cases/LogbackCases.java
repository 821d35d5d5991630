package io.leakguard.gauntlet.cases;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;

/** Logback's appender that writes on a thread of its own. */
final class LogbackCases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private LogbackCases() {}

  static void addTo(Cases cases) {
    cases.leak("async-appender", n -> log(appender()));
    cases.right("async-appender-static", LogbackCases::staticAppender);
    cases.right("async-appender-stopped", n -> logAndStop());
    cases.right("async-appender-replaced", LogbackCases::replaced);
  }

  private static AsyncAppender appender() {
    LoggerContext context = new LoggerContext();
    ListAppender<ILoggingEvent> last = new ListAppender<>();
    last.setContext(context);
    last.start();
    AsyncAppender appender = new AsyncAppender();
    appender.setContext(context);
    appender.addAppender(last);
    appender.start();
    context.getLogger("orders").addAppender(appender);
    KEPT.add(appender);
    return appender;
  }

  private static void log(AsyncAppender appender) {
    ((LoggerContext) appender.getContext()).getLogger("orders").info("priced");
  }

  private static Body staticAppender() {
    Lazy<AsyncAppender> appender = Lazy.of(LogbackCases::appender);
    return n -> log(appender.get());
  }

  private static void logAndStop() {
    AsyncAppender appender = appender();
    log(appender);
    appender.stop();
  }

  /** Reconfigures in each invocation: the old worker is replaced by a new one. */
  private static Body replaced() {
    List<AsyncAppender> current = new ArrayList<>();
    return n -> {
      current.add(appender());
      log(current.get(current.size() - 1));
      if (current.size() > 1) {
        current.remove(0).stop();
      }
    };
  }
}
