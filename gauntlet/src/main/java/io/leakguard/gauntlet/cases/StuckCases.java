package io.leakguard.gauntlet.cases;

import static io.leakguard.gauntlet.cases.Threads.unchecked;

import io.leakguard.gauntlet.fixture.Fixtures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** Tasks that never end on pools that are as large as they may be, and tasks that look like it. */
final class StuckCases {
  private StuckCases() {}

  static void addTo(Cases cases) {
    growing(cases);
    flat(cases);
    single(cases);
    right(cases);
  }

  private static void growing(Cases cases) {
    cases.leak("cached-static", () -> onEach(Executors.newCachedThreadPool(), Threads::never));
    cases.leak(
        "cached-static-socket",
        () -> onEach(Executors.newCachedThreadPool(), StuckCases::readForGood));
    cases.leak("timed-get-not-cancelled", StuckCases::timedGet);
    cases.leak("supply-async", n -> CompletableFuture.supplyAsync(StuckCases::waitForPrice));
    cases.leak(
        "fixed-grows-to-its-bound", () -> onEach(Executors.newFixedThreadPool(3), Threads::never));
    cases.leak(
        "scheduled-grows-to-its-bound",
        () -> onEach(Executors.newScheduledThreadPool(3), Threads::never));
  }

  private static void flat(Cases cases) {
    cases.leak("prestarted-latch", () -> onEach(prestarted(8), Threads::never));
    cases.leak("prestarted-socket", () -> onEach(prestarted(8), StuckCases::readForGood));
    cases.leak("prestarted-future", () -> onEach(prestarted(8), StuckCases::waitForPrice));
    cases.leak("prestarted-lock", StuckCases::behindALock);
    cases
        .leak("prestarted-every-second", StuckCases::everySecond)
        .undecidable(
            "two workers are stuck for longer than one invocation, as two readers would be",
            "a third one");
    cases.leak("prestarted-used-beside", StuckCases::usedBeside);
    cases.leak("one-of-two-latch", StuckCases::oneOfTwo);
    cases
        .leak(
            "both-of-two-socket",
            () -> onEach(Executors.newFixedThreadPool(2), StuckCases::readForGood))
        .undecidable("two readers would look the same", "no byte comes for long");
    cases.leak(
        "fork-join", () -> onEach(new ForkJoinPool(4), () -> new CompletableFuture<>().get()));
    cases.leak("common-pool", () -> onEach(ForkJoinPool.commonPool(), StuckCases::readForGood));
  }

  private static void single(Cases cases) {
    String alike = "a reader or consumer that lives on a pool's worker for good looks the same";
    cases
        .leak("single-latch", () -> onEach(Executors.newSingleThreadExecutor(), Threads::never))
        .undecidable(alike, "nothing comes for long, and the pool has no other worker");
    cases
        .leak(
            "single-socket",
            () -> onEach(Executors.newSingleThreadExecutor(), StuckCases::readForGood))
        .undecidable(alike, "no byte comes for long, and the pool has no other worker");
  }

  private static void right(Cases cases) {
    cases.right("reader-on-a-cached-pool", StuckCases::reader);
    cases.right("loops-on-a-cached-pool", StuckCases::loops);
    cases.right("reader-that-is-answered", StuckCases::answeredReader);
    cases.right("loop-on-a-single-static", StuckCases::loop);
    cases.right("consumer-on-a-prestarted-pool", StuckCases::consumer);
    cases.right("busy-at-every-end", () -> onEach(prestarted(1), () -> Thread.sleep(10)));
    cases.right("busy-across-the-end", () -> onEach(prestarted(8), () -> Thread.sleep(60)));
    cases.right("busy-across-the-end-cached", StuckCases::acrossCached);
    cases.right("late-answers", StuckCases::lateAnswers);
  }

  private static Body onEach(ExecutorService pool, Threads.Task task) {
    return n -> pool.execute(unchecked(task));
  }

  private static ThreadPoolExecutor prestarted(int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    pool.prestartAllCoreThreads();
    return pool;
  }

  private static void readForGood() throws IOException {
    try (Socket socket = Fixtures.connect(Fixtures.silent())) {
      if (socket.getInputStream().read() >= 0) {
        throw new IllegalStateException("not reached");
      }
    }
  }

  private static String waitForPrice() {
    return new CompletableFuture<String>().join();
  }

  private static Body timedGet() {
    ExecutorService pool = Executors.newCachedThreadPool();
    return n -> {
      Future<?> price = pool.submit(unchecked(StuckCases::readForGood));
      try {
        price.get(10, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        System.out.println("no price in time");
      }
    };
  }

  private static Body behindALock() {
    ThreadPoolExecutor pool = prestarted(8);
    ReentrantLock lock = new ReentrantLock();
    return n -> {
      if (n == 1) {
        lock.lock();
      }
      pool.execute(lock::lock);
    };
  }

  private static Body everySecond() {
    // Larger than any run fills: with all workers stuck the handler itself would wait for good.
    ThreadPoolExecutor pool = prestarted(40);
    return n -> {
      if (n % 2 == 1) {
        pool.execute(unchecked(StuckCases::readForGood));
      }
      pool.submit(() -> "price").get();
    };
  }

  /** The healthy half hides nothing: its workers come back. */
  private static Body usedBeside() {
    ThreadPoolExecutor pool = prestarted(70);
    return n -> {
      pool.execute(unchecked(Threads::never));
      Threads.together(pool, 4);
    };
  }

  /** Only the first task hangs; the other worker does all that come after it. */
  private static Body oneOfTwo() {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    return n -> {
      if (n == 1) {
        pool.execute(unchecked(Threads::never));
      }
      pool.submit(() -> "price").get();
    };
  }

  /** A subscriber on a pool of its own, to which something comes now and then. */
  private static Body answeredReader() throws IOException {
    ServerSocket peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Socket subscriber = new Socket(peer.getInetAddress(), peer.getLocalPort());
    Socket publisher = peer.accept();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    return n -> {
      if (n == 1) {
        pool.execute(
            unchecked(
                () -> subscriber.getInputStream().transferTo(OutputStream.nullOutputStream())));
      }
      if (n % 8 == 0) {
        publisher.getOutputStream().write(n);
      }
    };
  }

  private static Body reader() {
    ExecutorService pool = Executors.newCachedThreadPool();
    return n -> {
      if (n == 1) {
        pool.execute(unchecked(StuckCases::readForGood));
      }
      pool.submit(() -> "price").get();
    };
  }

  private static Body loops() {
    ExecutorService pool = Executors.newCachedThreadPool();
    List<Threads.Task> loops = List.of(StuckCases::readForGood, StuckCases::reap, Threads::never);
    return n -> {
      if (n <= loops.size()) {
        pool.execute(unchecked(loops.get(n - 1)));
      }
    };
  }

  private static Body loop() {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    pool.execute(unchecked(StuckCases::reap));
    return n -> {};
  }

  private static void reap() throws InterruptedException {
    while (true) {
      Thread.sleep(15);
    }
  }

  private static Body consumer() {
    ThreadPoolExecutor pool = prestarted(2);
    LinkedBlockingQueue<String> orders = new LinkedBlockingQueue<>();
    pool.execute(
        unchecked(
            () -> {
              while (!orders.take().isEmpty()) {
                Thread.onSpinWait();
              }
            }));
    return n -> orders.put("order");
  }

  private static Body acrossCached() {
    ExecutorService pool = Executors.newCachedThreadPool();
    return n -> pool.execute(unchecked(() -> Thread.sleep(30)));
  }

  /** Answers come one invocation late, and all come. */
  private static Body lateAnswers() {
    ThreadPoolExecutor pool = prestarted(4);
    List<CompletableFuture<String>> open = new ArrayList<>();
    return n -> {
      open.forEach(price -> price.complete("price"));
      open.clear();
      CompletableFuture<String> price = new CompletableFuture<>();
      open.add(price);
      pool.execute(price::join);
    };
  }
}
