package io.leakguard.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is about to end, and what only looks like it. */
class EndingTest {
  private static final String POOL = "java.util.concurrent.ThreadPoolExecutor#";

  private static Ending of(Thread.State state, String... frames) {
    return Ending.of(new ThreadFacts("t", "main", state, FamilyTest.facts("t", frames).frames()));
  }

  @Test
  void of_workerThatLeavesItsPool_isCertain() {
    for (Thread.State state : new Thread.State[] {Thread.State.RUNNABLE, Thread.State.WAITING}) {
      assertThat(
              of(
                  state,
                  "java.util.concurrent.locks.ReentrantLock#lock",
                  POOL + "processWorkerExit",
                  POOL + "runWorker",
                  "java.util.concurrent.ThreadPoolExecutor$Worker#run"))
          .isEqualTo(Ending.CERTAIN);
    }
    assertThat(of(Thread.State.RUNNABLE, "java.util.concurrent.ForkJoinPool#deregisterWorker"))
        .isEqualTo(Ending.CERTAIN);
    assertThat(of(Thread.State.RUNNABLE, "java.lang.ThreadGroup#remove", "java.lang.Thread#exit"))
        .isEqualTo(Ending.CERTAIN);
    assertThat(of(Thread.State.TERMINATED)).isEqualTo(Ending.CERTAIN);
  }

  @Test
  void of_hookThatHangsInAWorkersEnd_isNot() {
    assertThat(of(Thread.State.WAITING, "com.acme.Pool#terminated", POOL + "processWorkerExit"))
        .isEqualTo(Ending.NO);
  }

  /** Holds the lock of its pool while the pool interrupts it. */
  private static final class SlowToInterrupt extends Thread {
    private final CountDownLatch interrupted;
    private final Semaphore goOn;

    SlowToInterrupt(Runnable body, CountDownLatch interrupted, Semaphore goOn) {
      super(body);
      this.interrupted = interrupted;
      this.goOn = goOn;
    }

    @Override
    public void interrupt() {
      interrupted.countDown();
      goOn.acquireUninterruptibly();
      super.interrupt();
    }
  }

  @Test
  void of_realWorkerThatLeavesItsPool_isCertain() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Semaphore goOn = new Semaphore(0);
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService pool =
        Executors.newFixedThreadPool(2, body -> new SlowToInterrupt(body, interrupted, goOn));
    pool.submit(() -> {}).get();
    Thread leaving = pool.submit(Thread::currentThread).get();
    pool.execute(() -> awaitQuietly(end));
    pool.execute(() -> awaitQuietly(end));
    Thread closer = new Thread(pool::shutdownNow);
    closer.start();
    interrupted.await();
    end.countDown();

    assertThat(await(leaving, Ending.CERTAIN)).isEqualTo(Ending.CERTAIN);

    goOn.release(100);
    closer.join();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Ending await(Thread thread, Ending expected) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    Ending seen = Ending.of(ThreadFacts.of(thread));
    while (seen != expected && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      seen = Ending.of(ThreadFacts.of(thread));
    }
    return seen;
  }

  /** A loop with a quiet period, as event loops have. */
  private static final class Loop {
    private Loop() {}

    static void run() throws InterruptedException {
      confirmShutdown();
    }

    static void confirmShutdown() throws InterruptedException {
      Thread.sleep(3_600_000);
    }

    static void close() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    static void awaitClose() throws InterruptedException {
      Thread.sleep(3_600_000);
    }
  }

  @Test
  void of_realLoopInItsQuietPeriod_isLikely() throws Exception {
    try (StuckThread stuck = StuckThread.start(Loop::run)) {
      assertThat(await(stuck.thread(), Ending.LIKELY)).isEqualTo(Ending.LIKELY);
    }
  }

  @Test
  void of_realCloseWithoutLimit_isStuck() throws Exception {
    try (StuckThread stuck = StuckThread.start(Loop::close)) {
      stuck.diagnosis("latch");

      assertThat(Ending.of(stuck.facts())).isEqualTo(Ending.NO);
    }
  }

  @Test
  void of_realWaitForAClose_isNot() throws Exception {
    try (StuckThread stuck = StuckThread.start(Loop::awaitClose)) {
      stuck.diagnosis("sleep");

      assertThat(Ending.of(stuck.facts())).isEqualTo(Ending.NO);
    }
  }

  @Test
  void of_shutdownThatWaitsForOthers_isNot() {
    assertThat(
            of(
                Thread.State.TIMED_WAITING,
                "java.util.concurrent.locks.LockSupport#parkNanos",
                POOL + "awaitTermination",
                "com.acme.Client#close"))
        .isEqualTo(Ending.NO);
    assertThat(
            of(Thread.State.RUNNABLE, "sun.nio.ch.NioSocketImpl#read", "com.acme.Connection#close"))
        .isEqualTo(Ending.NO);
  }

  @Test
  void of_busyInAShutdown_isLikely_nearTheTopOnly() {
    assertThat(
            of(
                Thread.State.RUNNABLE,
                "java.util.HashMap#clear",
                "com.acme.A#b",
                "com.acme.A#closeAll"))
        .isEqualTo(Ending.LIKELY);
    assertThat(
            of(
                Thread.State.RUNNABLE,
                "com.acme.A#a",
                "com.acme.A#b",
                "com.acme.A#c",
                "com.acme.A#close"))
        .isEqualTo(Ending.NO);
    assertThat(of(Thread.State.RUNNABLE, "com.acme.A#run")).isEqualTo(Ending.NO);
    assertThat(of(Thread.State.RUNNABLE)).isEqualTo(Ending.NO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "confirmShutdown",
        "shutdown",
        "shutdownNow",
        "shutDownGracefully",
        "doClose",
        "closeAll",
        "cleanupAndTerminate",
        "stop",
        "dispose0",
        "lambda$shutdown$3",
        "destroyPool"
      })
  void isShutdownName_ofAnEnd_isTrue(String name) {
    assertThat(Ending.isShutdownName(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "closest", "tryTermination", "awaitTermination", "isShutdown", "blockUntilShutdown", "run",
    "enclose", "stopped", "waitForStop", "shutter", "<init>", "''"
  })
  void isShutdownName_ofSomethingElse_isFalse(String name) {
    assertThat(Ending.isShutdownName(name)).isFalse();
  }
}
