package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers that stand still in the midst of a task, while the number of threads stays the same. */
class StuckTest {
  private final Invoker environment = new Invoker();
  private final CountDownLatch never = new CountDownLatch(1);
  private final List<ExecutorService> pools = new ArrayList<>();
  private final List<Thread> workers = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void end() throws InterruptedException {
    never.countDown();
    for (ExecutorService pool : pools) {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
    for (Thread worker : workers) {
      worker.join(10_000);
    }
  }

  private ExecutorService lazy(int workers) {
    ExecutorService pool = Executors.newFixedThreadPool(workers, this::worker);
    pools.add(pool);
    return pool;
  }

  private Thread worker(Runnable body) {
    Thread worker = new Thread(body, "stuck-test-" + workers.size());
    workers.add(worker);
    return worker;
  }

  private ExecutorService prestarted(int workers) {
    ThreadPoolExecutor pool = (ThreadPoolExecutor) lazy(workers);
    pool.prestartAllCoreThreads();
    awaitWorkersWait();
    return pool;
  }

  private void stick(ExecutorService pool) {
    CountDownLatch started = new CountDownLatch(1);
    pool.execute(
        () -> {
          started.countDown();
          await(never);
        });
    await(started);
    awaitWorkersWait();
  }

  private void awaitWorkersWait() {
    List.copyOf(workers).forEach(BlockedThread::awaitWaiting);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void invokeIdle(int times) {
    for (int i = 0; i < times; i++) {
      environment.invokeIdle();
    }
  }

  @Test
  void check_baselineWorkerStuckOnce_isConfirmedAtTheFourthEnd() {
    ExecutorService pool = prestarted(2);
    environment.invoke(() -> stick(pool));
    invokeIdle(2);
    assertThat(environment.verdicts()).doesNotContain("GROWING");
    invokeIdle(1);

    List<JsonNode> documents = environment.documents();
    assertThat(documents).hasSize(1);
    assertThat(documents.get(0).get("verdict").asText()).isEqualTo("GROWING");
    assertThat(documents.get(0).get("kind").asText()).isEqualTo("stuck");
    assertThat(documents.get(0).get("LeakedThreads").asInt()).isEqualTo(1);
    assertThat(documents.get(0).get("SurplusThreads").asInt()).isZero();
    assertThat(documents.get(0).get("stack").asText()).contains("StuckTest");
  }

  @Test
  void check_oneMoreBaselineWorkerStuckPerInvocation_isGrowing() {
    ExecutorService pool = prestarted(8);
    for (int i = 0; i < 5; i++) {
      environment.invoke(() -> stick(pool));
    }

    List<JsonNode> documents = environment.documents();
    JsonNode last = documents.get(documents.size() - 1);
    assertThat(last.get("verdict").asText()).isEqualTo("GROWING");
    assertThat(last.get("groupThreads").asInt()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void check_lazyBoundedPoolFillsWithStuckTasks_isGrowing() {
    ExecutorService pool = lazy(8);
    for (int i = 0; i < 5; i++) {
      environment.invoke(() -> stick(pool));
    }

    assertThat(environment.verdicts()).contains("GROWING");
  }

  @Test
  void check_stuckWorkerComesBack_recovers() {
    ExecutorService pool = prestarted(1);
    environment.invoke(() -> stick(pool));
    invokeIdle(5);
    never.countDown();
    awaitIdle((ThreadPoolExecutor) pool);
    invokeIdle(10);

    List<JsonNode> documents = environment.documents();
    assertThat(documents.stream().map(d -> d.get("verdict").asText()))
        .containsExactly("ESCAPED", "GROWING", "RECOVERED");
    assertThat(documents.get(2).get("LeakedThreads").asInt()).isZero();
  }

  private void awaitIdle(ThreadPoolExecutor pool) {
    while (pool.getActiveCount() > 0) {
      Thread.onSpinWait();
    }
    awaitWorkersWait();
  }

  @Test
  void check_workersThatWorkInEachInvocation_areNotStuck() {
    ExecutorService pool = prestarted(4);
    for (int i = 0; i < 20; i++) {
      environment.invoke(
          () -> {
            CountDownLatch done = new CountDownLatch(4);
            for (int task = 0; task < 4; task++) {
              pool.execute(done::countDown);
            }
            await(done);
            awaitIdle((ThreadPoolExecutor) pool);
          });
    }

    assertThat(environment.documents()).isEmpty();
  }

  @Test
  void check_taskThatWasRunningAtTheBaseline_isNotStuck() {
    ExecutorService pool = prestarted(1);
    stick(pool);
    invokeIdle(20);

    assertThat(environment.documents()).isEmpty();
  }

  private void live(ExecutorService pool) {
    CountDownLatch started = new CountDownLatch(1);
    pool.execute(
        () -> {
          started.countDown();
          sleep();
        });
    await(started);
    awaitWorkersWait();
  }

  private static void sleep() {
    try {
      Thread.sleep(600_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void check_onlyWorkerOfALazyPoolStuck_isConfirmed() {
    ExecutorService pool = lazy(1);
    environment.invoke(() -> stick(pool));
    invokeIdle(3);

    assertThat(environment.verdicts()).contains("GROWING");
  }

  @Test
  void check_loopThatWaitsForGoodAmongLoops_isNotStuck() {
    ExecutorService pool = lazy(2);
    environment.invoke(() -> live(pool));
    environment.invoke(() -> stick(pool));
    invokeIdle(40);

    assertThat(environment.verdicts()).contains("ESCAPED").doesNotContain("GROWING");
  }

  @Test
  void check_secondLoopInTheSameCodeLater_isConfirmed() {
    ExecutorService pool = lazy(3);
    environment.invoke(() -> live(pool));
    environment.invoke(() -> stick(pool));
    environment.invoke(() -> stick(pool));
    invokeIdle(5);

    assertThat(environment.verdicts()).contains("GROWING");
  }

  @Test
  void check_stuckBesideAWorkerThatComesBack_isConfirmed() {
    ThreadPoolExecutor pool = (ThreadPoolExecutor) lazy(2);
    environment.invoke(() -> stick(pool));
    environment.invoke(
        () -> {
          CountDownLatch done = new CountDownLatch(1);
          pool.execute(done::countDown);
          await(done);
          while (pool.getActiveCount() > 1) {
            Thread.onSpinWait();
          }
          awaitWorkersWait();
        });
    invokeIdle(3);

    assertThat(environment.verdicts()).contains("GROWING");
  }

  @Test
  void check_taskAfterTaskWaitsAtTheSamePlace_isNotStuck() {
    Semaphore permits = new Semaphore(0);
    ThreadPoolExecutor pool = (ThreadPoolExecutor) prestarted(1);
    environment.invoke(() -> pool.execute(permits::acquireUninterruptibly));
    awaitWorkersWait();
    for (int i = 1; i <= 20; i++) {
      int done = i;
      environment.invoke(
          () -> {
            pool.execute(permits::acquireUninterruptibly);
            permits.release();
            while (pool.getCompletedTaskCount() < done) {
              Thread.onSpinWait();
            }
            awaitWorkersWait();
          });
    }
    permits.release();

    assertThat(environment.verdicts()).contains("ESCAPED").doesNotContain("GROWING");
  }
}
