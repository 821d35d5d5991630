package io.leakguard.diagnosis;

import static io.leakguard.diagnosis.DiagnosisOf.expect;
import static io.leakguard.diagnosis.DiagnosisOf.expectOf;
import static io.leakguard.diagnosis.DiagnosisOf.expectOfPool;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Cleaner;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Workers and timers: the rows of idle threads that somebody forgot to end. */
class DiagnosisOfPoolsTest {
  @Test
  void of_idleFixedPoolWorker() throws Exception {
    expectOfPool(
        "idle-pool-worker", f -> Executors.newFixedThreadPool(1, f), p -> p.submit(() -> {}).get());
  }

  @Test
  void of_idleCachedPoolWorker() throws Exception {
    expectOfPool("idle-pool-worker", Executors::newCachedThreadPool, p -> p.submit(() -> {}).get());
  }

  @Test
  void of_scheduledPoolWorker() throws Exception {
    expectOfPool(
        "scheduler",
        f -> Executors.newScheduledThreadPool(1, f),
        p -> {
          ScheduledFuture<?> unused =
              ((ScheduledExecutorService) p).schedule(() -> {}, 1, TimeUnit.HOURS);
        });
  }

  @Test
  void of_idleForkJoinWorker() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      expectOf("idle-fork-join-worker", pool.submit(Thread::currentThread).get());
    } finally {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void of_timer() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Timer timer = new Timer("timer", true);
    try {
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              thread.complete(Thread.currentThread());
            }
          },
          0,
          3_600_000);
      expectOf("timer", thread.get());
    } finally {
      timer.cancel();
    }
  }

  @Test
  void of_timerTaskThatWaits_isTheWaitAndNotTheTimer() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Timer timer = new Timer("timer", true);
    try {
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              thread.complete(Thread.currentThread());
              new CountDownLatch(1).countDown();
              LockSupport.parkNanos(TimeUnit.HOURS.toNanos(1));
            }
          },
          0);
      expectOf("timed-wait", thread.get());
    } finally {
      LockSupport.unpark(thread.get());
      timer.cancel();
    }
  }

  @Test
  void of_cleaner() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Cleaner cleaner =
        Cleaner.create(
            body -> {
              Thread made = new Thread(body, "cleaner");
              made.setDaemon(true);
              thread.complete(made);
              return made;
            });
    expectOf("cleaner", thread.get());
    assertThat(cleaner).isNotNull();
  }

  @Test
  void of_referenceQueue() throws Exception {
    expect("cleaner", () -> new ReferenceQueue<>().remove());
  }

  @Test
  void of_invokeAll() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    CountDownLatch never = new CountDownLatch(1);
    expect(
        "future",
        () ->
            pool.invokeAll(
                List.of(
                    () -> {
                      never.await();
                      return 1;
                    })),
        pool::shutdownNow);
  }

  @Test
  void of_poolTermination() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    pool.submit(() -> {}).get();
    expect("pool-termination", () -> pool.awaitTermination(1, TimeUnit.HOURS), pool::shutdownNow);
  }

  @Test
  void of_delayedCompletion_isAScheduler() throws Exception {
    CompletableFuture<?> unused =
        new CompletableFuture<>().completeOnTimeout(null, 1, TimeUnit.HOURS);
    Thread scheduler =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().toLowerCase(Locale.ROOT).contains("delayscheduler"))
            .findAny()
            .orElseThrow();
    expectOf("scheduler", scheduler);
    unused.cancel(true);
  }

  @Test
  void of_sleepingTask() throws Exception {
    expectOfPool(
        "sleeping-task", Executors::newCachedThreadPool, p -> p.execute(() -> sleepAnHour()));
  }

  private static void sleepAnHour() {
    try {
      TimeUnit.HOURS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void of_methodReferenceOnAPool_isItsWaitAndNotAnIdleWorker() throws Exception {
    FutureTask<String> never = new FutureTask<>(() -> "never run");
    Callable<String> task = never::get;
    expectOfPool("future", Executors::newCachedThreadPool, p -> p.submit(task));
    ThreadFacts executed =
        FamilyTest.facts(
            "w",
            "java.util.concurrent.CountDownLatch#await",
            "java.util.concurrent.ThreadPoolExecutor#runWorker");
    DiagnosisOf.expect("latch", Diagnosis.of(executed), executed);
  }

  @Test
  void of_workerBetweenTasks() {
    for (String top :
        List.of(
            "java.util.concurrent.ThreadPoolExecutor#runWorker",
            "java.util.concurrent.ForkJoinPool#scan")) {
      ThreadFacts facts = FamilyTest.facts("w", top, "java.lang.Thread#run");
      DiagnosisOf.expect("between-tasks", Diagnosis.of(facts), facts);
    }
  }

  @Test
  void of_poolInvoke() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    CountDownLatch never = new CountDownLatch(1);
    expect(
        "future",
        () ->
            pool.submit(
                    () -> {
                      never.await();
                      return 1;
                    })
                .get(),
        pool::shutdownNow);
  }

  @Test
  void of_completionService_isAResultAndNotWork() throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    try (StuckThread stuck =
        StuckThread.start(() -> new ExecutorCompletionService<>(pool).take())) {
      DiagnosisOf.expect("future", stuck.diagnosis("future"), stuck.facts());
      assertThat(Owner.isIdleConsumer(stuck.facts())).isFalse();
    }
    pool.shutdown();
  }

  @Test
  void of_forkJoinPoolTermination() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    pool.execute(
        () -> {
          started.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    started.await();
    expect("pool-termination", () -> pool.awaitTermination(1, TimeUnit.HOURS), pool::shutdownNow);
  }
}
