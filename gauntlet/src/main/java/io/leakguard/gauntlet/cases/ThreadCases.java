package io.leakguard.gauntlet.cases;

import static io.leakguard.gauntlet.cases.Threads.start;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Threads that handlers start themselves: how many, when, how named, and how they end. */
final class ThreadCases {
  private ThreadCases() {}

  static void addTo(Cases cases) {
    loops(cases);
    frequencies(cases);
    names(cases);
    restarts(cases);
    right(cases);
    rightAfterTheEnd(cases);
  }

  private static void loops(Cases cases) {
    cases.leak("spin", n -> start(ThreadCases::spin));
    cases.leak("sleep-loop", n -> start(ThreadCases::pollEvery50Millis));
    cases.leak("work-and-sleep-loop", n -> start(ThreadCases::flushEvery20Millis));
    cases.leak("thread-local-of-weight", n -> start(ThreadCases::holdMemory));
    cases.leak("inheritable-thread-local", ThreadCases::inherit);
  }

  private static void frequencies(Cases cases) {
    cases.leak("three-per-invocation", n -> many(3));
    cases.leak("ten-per-invocation", n -> many(10));
    cases.leak("in-every-second-invocation", n -> many(n % 2));
    cases.leak("in-every-third-invocation", n -> many(n % 3 == 0 ? 1 : 0)).needsInvocations(60);
    cases.leak("in-every-tenth-invocation", n -> many(n % 10 == 0 ? 1 : 0)).needsInvocations(60);
    cases.leak("from-the-third-invocation-on", n -> many(n > 2 ? 1 : 0));
    cases.leak("from-the-fortieth-invocation-on", n -> many(n > 40 ? 1 : 0)).needsInvocations(60);
    cases.leak("and-the-handler-fails", ThreadCases::leakAndFail);
    cases.leak("two-mechanisms-in-turn", ThreadCases::inTurn);
  }

  private static void names(Cases cases) {
    cases.leak("named-alike", n -> start("price-refresh", Threads::never));
    cases.leak("named-by-counter", n -> start("price-refresh-" + n, Threads::never));
    cases.leak("named-by-time", n -> start("refresh-" + System.nanoTime(), Threads::never));
    cases.leak("named-by-hash", n -> start("refresh-" + hash(n), Threads::never));
    cases.leak("named-by-tenant", n -> start("tenant-" + (char) ('a' + n), Threads::never));
    cases.leak("daemon", ThreadCases::daemon);
    cases.leak("in-a-group-of-its-own", ThreadCases::ownGroup);
    cases.leak("subclass-of-thread", n -> new Refresher().start());
  }

  private static void restarts(Cases cases) {
    cases.leak("restarts-itself-and-multiplies", n -> start(ThreadCases::restartItself));
    cases.leak("restarted-by-its-exception-handler", n -> restartOnFailure());
    cases.leak("grandchild", n -> start(() -> start(Threads::never)).join());
    cases.leak("interrupt-is-swallowed", ThreadCases::cancelInVain);
    cases.leak("stop-flag-of-another", n -> start(new Stoppable()::work));
    cases.leak("started-late", n -> start(ThreadCases::startLater));
  }

  private static void right(Cases cases) {
    cases.right("nothing", n -> {});
    cases.right("prints", n -> System.out.println("order " + n + " is priced"));
    cases.right("fails", ThreadCases::fail);
    cases.right("joined", n -> start(() -> Thread.sleep(2)).join());
    cases.right("joined-though-it-fails", n -> joinTheFailing());
    cases.right("ten-joined", n -> joinTen());
    cases.right("static-worker", ThreadCases::staticWorker);
    cases.right("sleep-loop-static", ThreadCases::staticLoop);
    cases.right("sleep-loop-lazy", ThreadCases::lazyLoop);
    cases.right("one-worker-that-restarts-itself", ThreadCases::oneRestarting);
    cases.right("one-spinner-static", ThreadCases::staticSpinner);
    cases.right("ends-at-interrupt", ThreadCases::cancel);
    cases.right("started-in-the-second-invocation", ThreadCases::secondInvocation);
    cases.right("three-telemetry-threads-lazily", ThreadCases::telemetry);
  }

  private static void rightAfterTheEnd(Cases cases) {
    cases.right("ends-2-ms-after-the-invocation", n -> start(() -> Thread.sleep(2)));
    cases.right("ends-10-ms-after-the-invocation", n -> start(() -> Thread.sleep(10)));
    cases.right("ends-soon-named", n -> start("audit-" + n, () -> Thread.sleep(5)));
    cases.right("five-end-soon", n -> endSoon(5));
    cases.right("one-that-ends-in-the-next-invocation", ThreadCases::endInNext);
  }

  private static void spin() {
    while (!Thread.interrupted()) {
      Thread.onSpinWait();
    }
  }

  private static void pollEvery50Millis() throws InterruptedException {
    while (true) {
      Thread.sleep(50);
    }
  }

  private static void flushEvery20Millis() {
    StringBuilder line = new StringBuilder();
    while (!Thread.interrupted()) {
      line.setLength(0);
      for (int i = 0; i < 1000; i++) {
        line.append(i);
      }
      Threads.sleep(20);
    }
  }

  private static void holdMemory() throws InterruptedException {
    ThreadLocal<byte[]> buffer = ThreadLocal.withInitial(() -> new byte[100_000]);
    if (buffer.get().length > 0) {
      Threads.never();
    }
    buffer.remove();
  }

  private static void inherit(int invocation) {
    InheritableThreadLocal<String> request = new InheritableThreadLocal<>();
    request.set("request-" + invocation);
    start(Threads::never);
    request.remove();
  }

  private static void many(int threads) {
    for (int i = 0; i < threads; i++) {
      start(Threads::never);
    }
  }

  private static void leakAndFail(int invocation) {
    start(Threads::never);
    throw new HandlerFailure("no stock for order " + invocation);
  }

  private static void inTurn(int invocation) {
    if (invocation % 2 == 0) {
      start("price", Threads::never);
    } else {
      start("stock", () -> new CompletableFuture<String>().get());
    }
  }

  private static String hash(int invocation) {
    return Integer.toHexString(invocation * 0x9E3779B9);
  }

  private static void daemon(int invocation) {
    Thread thread = new Thread(Threads.unchecked(Threads::never));
    thread.setDaemon(true);
    thread.start();
  }

  private static void ownGroup(int invocation) {
    ThreadGroup group = new ThreadGroup("request-" + invocation);
    new Thread(group, Threads.unchecked(Threads::never), "worker").start();
  }

  /** Each lives for 15 ms and starts its successor; each invocation adds one line of them. */
  private static void restartItself() {
    Threads.sleep(15);
    start(ThreadCases::restartItself);
  }

  private static void restartOnFailure() {
    Thread thread =
        new Thread(
            () -> {
              Threads.sleep(15);
              throw new HandlerFailure("connection lost");
            },
            "listener");
    thread.setUncaughtExceptionHandler((failed, failure) -> restartOnFailure());
    thread.start();
  }

  private static void cancelInVain(int invocation) {
    Thread thread = start(ThreadCases::sleepThroughInterrupts);
    thread.interrupt();
  }

  private static void sleepThroughInterrupts() {
    while (true) {
      try {
        Thread.sleep(1000);
      } catch (InterruptedException e) {
        System.out.println("interrupted, and going on");
      }
    }
  }

  private static void startLater() throws InterruptedException {
    Thread.sleep(8);
    start("late", Threads::never);
  }

  private static void fail(int invocation) {
    throw new HandlerFailure("no stock for order " + invocation);
  }

  private static void joinTheFailing() throws InterruptedException {
    Thread thread = new Thread(() -> fail(1));
    thread.setUncaughtExceptionHandler((failed, failure) -> {});
    thread.start();
    thread.join();
  }

  private static void joinTen() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      threads.add(start("part-" + i, () -> Thread.sleep(1)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Body staticWorker() {
    start("worker", Threads::never);
    return n -> {};
  }

  private static Body staticLoop() {
    start("flusher", ThreadCases::flushEvery20Millis);
    return n -> {};
  }

  private static Body lazyLoop() {
    Lazy<Thread> flusher = Lazy.of(() -> start("flusher", ThreadCases::flushEvery20Millis));
    return n -> flusher.get();
  }

  private static Body oneRestarting() {
    Lazy<Thread> first = Lazy.of(() -> start(ThreadCases::restartItself));
    return n -> first.get();
  }

  private static Body staticSpinner() {
    start("spinner", ThreadCases::spin);
    return n -> {};
  }

  private static void cancel(int invocation) throws InterruptedException {
    Thread thread = start(Threads::never);
    thread.interrupt();
    thread.join();
  }

  private static Body secondInvocation() {
    return n -> {
      if (n == 2) {
        start("cache-refresh", ThreadCases::pollEvery50Millis);
      }
    };
  }

  /** Metrics, traces and logs: each exporter's thread starts with its first record. */
  private static Body telemetry() {
    return n -> {
      if (n <= 3) {
        start("telemetry-" + n, ThreadCases::pollEvery50Millis);
      }
    };
  }

  private static void endSoon(int threads) {
    for (int i = 0; i < threads; i++) {
      start(() -> Thread.sleep(3));
    }
  }

  private static Body endInNext() {
    List<CountDownLatch> open = new ArrayList<>();
    return n -> {
      open.forEach(CountDownLatch::countDown);
      open.clear();
      CountDownLatch next = new CountDownLatch(1);
      open.add(next);
      start(next::await);
    };
  }

  private static final class Refresher extends Thread {
    @Override
    public void run() {
      Threads.sleep(Threads.FOREVER_MILLIS);
    }
  }

  /** Looks at a flag that nobody sets. */
  private static final class Stoppable {
    private volatile boolean stopped;

    private void work() {
      while (!stopped) {
        Threads.sleep(10);
        stopped = Thread.interrupted();
      }
    }
  }
}
