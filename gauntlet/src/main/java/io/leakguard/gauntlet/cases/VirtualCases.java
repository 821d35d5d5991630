package io.leakguard.gauntlet.cases;

import static io.leakguard.gauntlet.cases.Since21.startVirtual;

import io.leakguard.gauntlet.fixture.Fixtures;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Virtual threads, which no enumeration shows. */
final class VirtualCases {
  private VirtualCases() {}

  static void addTo(Cases cases) {
    leaks(cases);
    executors(cases);
    right(cases);
  }

  private static void leaks(Cases cases) {
    leak(cases, "park", VirtualCases::parkForGood);
    leak(cases, "latch", Threads::never);
    leak(cases, "sleep", () -> Thread.sleep(Threads.FOREVER_MILLIS));
    leak(cases, "sleep-loop", VirtualCases::pollForGood);
    leak(cases, "take", () -> new LinkedBlockingQueue<String>().take());
    leak(cases, "future", () -> new CompletableFuture<String>().join());
    leak(cases, "socket-read", VirtualCases::read);
    cases.leak("ten-per-invocation", n -> many(10)).sinceJdk(21);
    cases.leak("hundred-per-invocation", n -> many(100)).sinceJdk(21);
    cases.leak("in-every-second-invocation", n -> many(n % 2)).sinceJdk(21);
  }

  private static void executors(Cases cases) {
    cases.leak("executor-with-stuck-task", n -> stick(Since21.virtualThreadPerTask())).sinceJdk(21);
    cases.leak("executor-static-with-stuck-tasks", VirtualCases::staticExecutor).sinceJdk(21);
    cases.leak("executor-shut-down-with-stuck-task", n -> shutDown()).sinceJdk(21);
  }

  private static void right(Cases cases) {
    cases.right("joined", n -> startVirtual(() -> Thread.sleep(2)).join()).sinceJdk(21);
    cases.right("hundred-joined", n -> joinHundred()).sinceJdk(21);
    cases.right("executor-closed", n -> useAndClose()).sinceJdk(21);
    cases.right("executor-static", VirtualCases::staticRight).sinceJdk(21);
    cases.right("executor-lazy-growing", VirtualCases::growing).sinceJdk(21);
    cases.right("one-consumer-static", VirtualCases::consumer).sinceJdk(21);
    cases.right("one-consumer-lazy", VirtualCases::lazyConsumer).sinceJdk(21);
    cases.right("end-soon-after-the-invocation", n -> endSoon()).sinceJdk(21);
    cases.right("request-per-thread", n -> requests()).sinceJdk(21);
  }

  private static void leak(Cases cases, String name, Threads.Task task) {
    cases.leak(name, n -> startVirtual(task)).sinceJdk(21);
  }

  private static void parkForGood() {
    while (true) {
      LockSupport.park();
    }
  }

  private static void pollForGood() throws InterruptedException {
    while (true) {
      Thread.sleep(20);
    }
  }

  private static void read() throws Exception {
    try (Socket socket = Fixtures.connect(Fixtures.silent())) {
      socket.getInputStream().read();
    }
  }

  private static void many(int threads) {
    for (int i = 0; i < threads; i++) {
      startVirtual(Threads::never);
    }
  }

  private static void stick(ExecutorService executor) {
    executor.execute(Threads.unchecked(Threads::never));
  }

  private static Body staticExecutor() {
    ExecutorService executor = Since21.virtualThreadPerTask();
    return n -> stick(executor);
  }

  private static void shutDown() {
    ExecutorService executor = Since21.virtualThreadPerTask();
    stick(executor);
    executor.shutdown();
  }

  private static void joinHundred() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      threads.add(startVirtual(() -> Thread.sleep(1)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void useAndClose() throws Exception {
    ExecutorService executor = Since21.virtualThreadPerTask();
    Threads.together(executor, 20);
    executor.shutdown();
    executor.awaitTermination(1, TimeUnit.SECONDS);
  }

  private static Body staticRight() {
    ExecutorService executor = Since21.virtualThreadPerTask();
    return n -> Threads.together(executor, 20);
  }

  private static Body growing() {
    Lazy<ExecutorService> executor = Lazy.of(Since21::virtualThreadPerTask);
    return n -> Threads.together(executor.get(), n);
  }

  private static Body consumer() {
    LinkedBlockingQueue<String> orders = new LinkedBlockingQueue<>();
    startVirtual(() -> drain(orders));
    return n -> orders.put("order");
  }

  private static Body lazyConsumer() {
    LinkedBlockingQueue<String> orders = new LinkedBlockingQueue<>();
    Lazy<Thread> writer = Lazy.of(() -> startVirtual(() -> drain(orders)));
    return n -> {
      writer.get();
      orders.put("order");
    };
  }

  private static void drain(LinkedBlockingQueue<String> orders) throws InterruptedException {
    while (!orders.take().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private static void endSoon() {
    for (int i = 0; i < 10; i++) {
      startVirtual(() -> Thread.sleep(5));
    }
  }

  private static void requests() throws InterruptedException {
    CountDownLatch all = new CountDownLatch(5);
    for (int i = 0; i < 5; i++) {
      startVirtual(
          () -> {
            Http.get("/price");
            all.countDown();
          });
    }
    all.await();
  }
}
