package io.leakguard.gauntlet.cases;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.google.common.util.concurrent.AbstractScheduledService;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SimpleTimeLimiter;
import dev.failsafe.Failsafe;
import dev.failsafe.Timeout;
import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.timelimiter.TimeLimiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Schedulers, caches and guards against failure. */
final class ToolCases {
  /** Holds what must not be collected. */
  private static final List<Object> KEPT = new ArrayList<>();

  private ToolCases() {}

  static void addTo(Cases cases) {
    caffeine(cases);
    guava(cases);
    resilience(cases);
    spring(cases);
  }

  private static void caffeine(Cases cases) {
    cases.leak("caffeine-own-scheduler", n -> put(kept(cache(executor()))));
    cases.right("caffeine-system-scheduler", n -> put(systemCache()));
    cases.right("caffeine-static", ToolCases::staticCaffeine);
  }

  private static void guava(Cases cases) {
    cases.leak("guava-scheduled-service", n -> kept(new Refresh()).startAsync().awaitRunning());
    cases.leak("guava-time-limiter-per-invocation", n -> limit());
    cases.right("guava-scheduled-service-static", ToolCases::staticService);
    cases.right("guava-scheduled-service-stopped", n -> serveAndStop());
    cases.right("guava-listening-static", ToolCases::listening);
  }

  private static void resilience(Cases cases) {
    cases.leak("resilience4j-bulkhead", n -> price(kept(ThreadPoolBulkhead.ofDefaults("b" + n))));
    cases.leak("resilience4j-time-limiter", n -> limit(kept(executor())));
    cases.right("resilience4j-bulkhead-static", ToolCases::staticBulkhead);
    cases.right("resilience4j-bulkhead-closed", n -> priceAndClose());
    cases.right("resilience4j-time-limiter-static", ToolCases::staticLimiter);
    cases.right("failsafe-time-out", n -> failsafe());
  }

  private static void spring(Cases cases) {
    cases.leak("spring-task-scheduler", n -> refresh(kept(taskScheduler())));
    cases.leak("spring-task-executor", n -> price(kept(taskExecutor(1))));
    cases.right("spring-task-executor-static", ToolCases::staticTaskExecutor);
    cases.right("spring-task-executor-growing", ToolCases::growingTaskExecutor);
    cases.right("spring-task-scheduler-static", ToolCases::staticTaskScheduler);
    cases.right("spring-task-scheduler-closed", n -> refreshAndClose());
    cases.right("spring-simple-executor", n -> simple());
  }

  private static <T> T kept(T tool) {
    KEPT.add(tool);
    return tool;
  }

  private static ScheduledExecutorService executor() {
    return Executors.newScheduledThreadPool(1);
  }

  private static Cache<String, String> cache(ScheduledExecutorService executor) {
    return Caffeine.newBuilder()
        .expireAfterWrite(Duration.ofMinutes(1))
        .scheduler(Scheduler.forScheduledExecutorService(executor))
        .build();
  }

  private static Cache<String, String> systemCache() {
    return Caffeine.newBuilder()
        .expireAfterWrite(Duration.ofMinutes(1))
        .scheduler(Scheduler.systemScheduler())
        .build();
  }

  private static void put(Cache<String, String> prices) {
    prices.put("order", "price");
  }

  private static Body staticCaffeine() {
    Lazy<Cache<String, String>> prices = Lazy.of(() -> cache(executor()));
    return n -> put(prices.get());
  }

  private static Body staticService() {
    Lazy<Refresh> refresh = Lazy.of(Refresh::new);
    return n -> {
      if (n == 1) {
        refresh.get().startAsync().awaitRunning();
      }
    };
  }

  private static void serveAndStop() {
    Refresh refresh = new Refresh();
    refresh.startAsync().awaitRunning();
    refresh.stopAsync().awaitTerminated();
  }

  private static void limit() throws Exception {
    SimpleTimeLimiter limiter = SimpleTimeLimiter.create(Executors.newCachedThreadPool());
    try {
      limiter.callWithTimeout(ToolCases::lateRefresh, 5, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      System.out.println("no price in time");
    }
  }

  private static String lateRefresh() throws InterruptedException {
    Thread.sleep(8);
    return "price";
  }

  private static Body listening() {
    ListeningExecutorService pool =
        MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(4));
    return n -> pool.submit(() -> "price").get();
  }

  private static void price(ThreadPoolBulkhead bulkhead) throws Exception {
    bulkhead.executeSupplier(() -> "price").toCompletableFuture().get();
  }

  private static Body staticBulkhead() {
    ThreadPoolBulkhead bulkhead = ThreadPoolBulkhead.ofDefaults("orders");
    return n -> price(bulkhead);
  }

  private static void priceAndClose() throws Exception {
    ThreadPoolBulkhead bulkhead = ThreadPoolBulkhead.ofDefaults("orders");
    try {
      price(bulkhead);
    } finally {
      bulkhead.close();
    }
  }

  private static void limit(ScheduledExecutorService timer) throws Exception {
    TimeLimiter.of(Duration.ofSeconds(1))
        .executeCompletionStage(timer, () -> CompletableFuture.completedFuture("price"))
        .toCompletableFuture()
        .get();
  }

  private static Body staticLimiter() {
    ScheduledExecutorService timer = executor();
    return n -> limit(timer);
  }

  private static void failsafe() {
    Failsafe.with(Timeout.of(Duration.ofSeconds(1))).get(() -> "price");
  }

  private static ThreadPoolTaskExecutor taskExecutor(int threads) {
    ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
    executor.setCorePoolSize(threads);
    executor.initialize();
    return executor;
  }

  private static void price(ThreadPoolTaskExecutor executor) throws Exception {
    executor.submit(() -> "price").get();
  }

  private static ThreadPoolTaskScheduler taskScheduler() {
    ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.initialize();
    return scheduler;
  }

  private static void refresh(ThreadPoolTaskScheduler scheduler) {
    scheduler.scheduleAtFixedRate(() -> {}, Duration.ofMillis(50));
  }

  private static Body staticTaskExecutor() {
    ThreadPoolTaskExecutor executor = taskExecutor(2);
    return n -> price(executor);
  }

  private static Body growingTaskExecutor() {
    Lazy<ThreadPoolTaskExecutor> executor = Lazy.of(() -> taskExecutor(20));
    return n -> price(executor.get());
  }

  private static Body staticTaskScheduler() {
    ThreadPoolTaskScheduler scheduler = taskScheduler();
    refresh(scheduler);
    return n -> {};
  }

  private static void refreshAndClose() {
    ThreadPoolTaskScheduler scheduler = taskScheduler();
    refresh(scheduler);
    scheduler.shutdown();
  }

  private static void simple() throws Exception {
    new SimpleAsyncTaskExecutor("order-").submit(() -> "price").get();
  }

  /** Refreshes prices now and then. */
  private static final class Refresh extends AbstractScheduledService {
    @Override
    protected void runOneIteration() {
      Thread.onSpinWait();
    }

    @Override
    protected AbstractScheduledService.Scheduler scheduler() {
      return AbstractScheduledService.Scheduler.newFixedDelaySchedule(
          Duration.ZERO, Duration.ofMillis(20));
    }
  }
}
