package io.leakguard.gauntlet.cases;

import static io.leakguard.gauntlet.cases.Threads.together;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Executors made per invocation, and executors that live as long as the function. */
final class PoolCases {
  private PoolCases() {}

  static void addTo(Cases cases) {
    perInvocation(cases);
    perInvocationNamed(cases);
    closed(cases);
    fixed(cases);
    growing(cases);
    tenants(cases);
  }

  private static void perInvocation(Cases cases) {
    cases.leak("fixed", n -> use(Executors.newFixedThreadPool(2)));
    cases.leak("fixed-of-four", n -> together(Executors.newFixedThreadPool(4), 4));
    cases.leak("single", n -> use(Executors.newSingleThreadExecutor()));
    cases.leak("cached", n -> use(Executors.newCachedThreadPool()));
    cases.leak("scheduled-idle", n -> use(Executors.newScheduledThreadPool(1)));
    cases.leak("scheduled-periodic", n -> every10Millis(Executors.newScheduledThreadPool(1)));
    cases.leak(
        "single-scheduled", n -> every10Millis(Executors.newSingleThreadScheduledExecutor()));
    cases.leak("fork-join", n -> use(new ForkJoinPool(2)));
    cases.leak("work-stealing", n -> use(Executors.newWorkStealingPool(2)));
    cases.leak("thread-pool-executor", n -> use(bounded(1, Executors.defaultThreadFactory())));
    cases.leak("shutdown-is-skipped-on-failure", PoolCases::failBeforeShutdown);
    cases.leak("shutdown-waits-for-a-stuck-task", PoolCases::shutdownWithStuckTask);
    cases.leak(
        "supply-async-own-executor",
        n -> CompletableFuture.supplyAsync(() -> "price", Executors.newFixedThreadPool(1)).join());
    cases
        .leak(
            "thread-per-task", n -> stick(Since21.threadPerTask(Executors.defaultThreadFactory())))
        .sinceJdk(21);
  }

  private static void perInvocationNamed(Cases cases) {
    cases.leak("factory-of-one-name", n -> use(bounded(1, task -> new Thread(task, "orders"))));
    cases.leak("factory-of-one-name-two", n -> two(task -> new Thread(task, "orders")));
    cases.leak("factory-with-counter", n -> two(new Counting("orders-")));
    cases.leak("factory-with-static-counter", PoolCases::staticCounter);
    cases.leak("factory-with-group-and-number", n -> two(new Counting("orders-" + n + "-")));
    cases.leak("factory-with-request-id", n -> use(bounded(1, new Counting("req-" + id(n)))));
    cases.leak("factory-of-daemons", n -> use(bounded(1, PoolCases::daemon)));
  }

  private static void closed(Cases cases) {
    cases.right("closed-in-finally", PoolCases::closeInFinally);
    cases.right("closed-not-awaited", PoolCases::closeOnly);
    cases.right("closed-now", n -> shutdownNow(Executors.newFixedThreadPool(2)));
    cases.right("closed-though-it-fails", PoolCases::failAndClose);
    cases.right("closed-of-ten", n -> closeTen());
    cases.right("closed-scheduled", n -> closePeriodic());
    cases.right("closed-fork-join", n -> closeForkJoin());
  }

  private static void fixed(Cases cases) {
    right(cases, "static-fixed", () -> Executors.newFixedThreadPool(4));
    right(cases, "static-single", Executors::newSingleThreadExecutor);
    right(cases, "static-cached", Executors::newCachedThreadPool);
    right(cases, "static-scheduled", () -> Executors.newScheduledThreadPool(4));
    right(cases, "static-fork-join", () -> new ForkJoinPool(4));
    right(cases, "static-work-stealing", () -> Executors.newWorkStealingPool(4));
    right(cases, "static-of-one-name", () -> bounded(8, task -> new Thread(task, "orders")));
    right(cases, "static-with-core-time-out", PoolCases::timingOut);
    cases.right("static-scheduled-periodic", PoolCases::staticPeriodic);
    cases.right("lazy-single", () -> lazily(Executors::newSingleThreadExecutor));
    cases.right("lazy-fixed", () -> lazily(() -> Executors.newFixedThreadPool(4)));
    cases.right("workers-die-and-are-replaced", PoolCases::dyingWorkers);
    cases.right("workers-time-out-and-come-back", PoolCases::comeAndGo);
    cases.right("prestarted", PoolCases::prestarted);
  }

  private static void growing(Cases cases) {
    grows(cases, "grows-to-8", () -> Executors.newFixedThreadPool(8));
    grows(cases, "grows-to-50", () -> Executors.newFixedThreadPool(50));
    grows(cases, "grows-to-50-with-counter", () -> bounded(50, new Counting("orders-")));
    grows(cases, "grows-to-50-of-one-name", () -> bounded(50, task -> new Thread(task, "orders")));
    grows(cases, "grows-to-50-scheduled", () -> Executors.newScheduledThreadPool(50));
    concurrently(cases, "one-more-concurrent-use-cached", Executors::newCachedThreadPool);
    concurrently(cases, "one-more-concurrent-use-fixed", () -> Executors.newFixedThreadPool(16));
    concurrently(cases, "one-more-concurrent-use-daemons", PoolCases::cachedDaemons);
  }

  private static void tenants(Cases cases) {
    cases.right("one-per-tenant-of-three", () -> perTenant(3));
    cases
        .right("one-per-tenant-of-five", () -> perTenant(5))
        .undecidable(
            "until the first tenant comes again, a pool per tenant is a pool per invocation",
            "the plateau once all tenants were seen, or who holds the pools (a static map)");
    cases.leak("one-per-tenant-that-never-comes-again", () -> perTenant(1000));
  }

  private static void right(Cases cases, String name, Pool pool) {
    cases.right(
        name,
        () -> {
          ExecutorService made = pool.make();
          return n -> use(made);
        });
  }

  private static void grows(Cases cases, String name, Pool pool) {
    cases.right(name, () -> lazily(pool));
  }

  private static void concurrently(Cases cases, String name, Pool pool) {
    cases.right(
        name,
        () -> {
          Lazy<ExecutorService> made = Lazy.of(pool::make);
          return n -> together(made.get(), Math.min(n, 16));
        });
  }

  private static Body lazily(Pool pool) {
    Lazy<ExecutorService> made = Lazy.of(pool::make);
    return n -> use(made.get());
  }

  /** A static field's initial value. */
  @FunctionalInterface
  private interface Pool {
    ExecutorService make();
  }

  private static void use(ExecutorService pool) throws Exception {
    pool.submit(() -> "price").get();
  }

  private static void two(ThreadFactory factory) throws Exception {
    together(bounded(2, factory), 2);
  }

  private static void stick(ExecutorService pool) {
    pool.submit(Threads.unchecked(Threads::never));
  }

  private static void every10Millis(ScheduledExecutorService pool) {
    pool.scheduleAtFixedRate(() -> {}, 0, 10, TimeUnit.MILLISECONDS);
  }

  private static ThreadPoolExecutor bounded(int threads, ThreadFactory factory) {
    return new ThreadPoolExecutor(
        threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
  }

  private static ExecutorService cachedDaemons() {
    return new ThreadPoolExecutor(
        0, 100, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), PoolCases::daemon);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "orders");
    thread.setDaemon(true);
    return thread;
  }

  private static String id(int invocation) {
    return Integer.toHexString(invocation * 0x9E3779B9) + "-";
  }

  private static Body staticCounter() {
    Counting counting = new Counting("orders-");
    return n -> use(bounded(1, counting));
  }

  private static void failBeforeShutdown(int invocation) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    use(pool);
    if (invocation > 0) {
      throw new HandlerFailure("no stock for order " + invocation);
    }
    pool.shutdown();
  }

  private static void shutdownWithStuckTask(int invocation) {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    stick(pool);
    pool.shutdown();
  }

  private static void closeInFinally(int invocation) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      together(pool, 4);
    } finally {
      pool.shutdown();
      pool.awaitTermination(1, TimeUnit.SECONDS);
    }
  }

  private static void closeOnly(int invocation) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    together(pool, 4);
    pool.shutdown();
  }

  private static void shutdownNow(ExecutorService pool) throws Exception {
    use(pool);
    pool.shutdownNow();
  }

  private static void failAndClose(int invocation) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      together(pool, 2);
      throw new HandlerFailure("no stock for order " + invocation);
    } finally {
      pool.shutdown();
    }
  }

  private static void closeTen() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(10);
    together(pool, 10);
    pool.shutdown();
  }

  private static void closePeriodic() {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    every10Millis(pool);
    pool.shutdownNow();
  }

  private static void closeForkJoin() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(2);
    use(pool);
    pool.shutdown();
  }

  private static ExecutorService timingOut() {
    ThreadPoolExecutor pool = bounded(4, Executors.defaultThreadFactory());
    pool.setKeepAliveTime(5, TimeUnit.SECONDS);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Body staticPeriodic() {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    every10Millis(pool);
    return n -> use(pool);
  }

  /** A task that throws out of {@code execute} ends its worker; the pool starts another. */
  private static Body dyingWorkers() {
    ExecutorService pool = bounded(1, PoolCases::quiet);
    return n -> {
      pool.execute(() -> fail(n));
      use(pool);
    };
  }

  private static Thread quiet(Runnable task) {
    Thread thread = new Thread(task);
    thread.setUncaughtExceptionHandler((failed, failure) -> {});
    return thread;
  }

  private static void fail(int invocation) {
    throw new HandlerFailure("no stock for order " + invocation);
  }

  private static Body comeAndGo() {
    ThreadPoolExecutor pool = bounded(2, Executors.defaultThreadFactory());
    pool.setKeepAliveTime(10, TimeUnit.MILLISECONDS);
    pool.allowCoreThreadTimeOut(true);
    return n -> together(pool, 2);
  }

  private static Body prestarted() {
    ThreadPoolExecutor pool = bounded(4, Executors.defaultThreadFactory());
    pool.prestartAllCoreThreads();
    return n -> together(pool, 4);
  }

  private static Body perTenant(int tenants) {
    Map<Integer, ExecutorService> pools = new HashMap<>();
    return n -> use(pools.computeIfAbsent(n % tenants, t -> Executors.newFixedThreadPool(1)));
  }

  /** Numbers the threads of one factory. */
  private static final class Counting implements ThreadFactory {
    private final AtomicInteger number = new AtomicInteger();
    private final String prefix;

    Counting(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
      return new Thread(task, prefix + number.incrementAndGet());
    }
  }
}
