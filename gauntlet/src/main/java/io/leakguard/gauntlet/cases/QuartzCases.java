package io.leakguard.gauntlet.cases;

import java.util.Properties;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;

/** Quartz. */
final class QuartzCases {
  private QuartzCases() {}

  static void addTo(Cases cases) {
    cases.leak("scheduler", n -> scheduler(n).start());
    cases.right("static", QuartzCases::staticQuartz);
    cases
        .right("closed", QuartzCases::startAndStop)
        .undecidable(
            "its workers see that it was closed only when their wait of half a second ends",
            "the first worker that ends");
  }

  private static Scheduler scheduler(int number) throws SchedulerException {
    Properties properties = new Properties();
    properties.put("org.quartz.scheduler.instanceName", "orders-" + number);
    properties.put("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.put("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.put("org.quartz.threadPool.threadCount", "2");
    return new StdSchedulerFactory(properties).getScheduler();
  }

  private static Body staticQuartz() throws SchedulerException {
    scheduler(0).start();
    return n -> scheduler(0).getCurrentlyExecutingJobs();
  }

  private static void startAndStop(int invocation) throws SchedulerException {
    Scheduler scheduler = scheduler(invocation);
    scheduler.start();
    scheduler.shutdown();
  }
}
