package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private final Invoker environment = new Invoker();
  private final List<ExecutorService> pools = new ArrayList<>();
  private final List<BlockedThread> blocked = new ArrayList<>();
  private final Set<Thread> before = Thread.getAllStackTraces().keySet();

  @AfterEach
  void end() throws InterruptedException {
    blocked.forEach(BlockedThread::release);
    for (ExecutorService pool : pools) {
      pool.shutdownNow();
      awaitEnd(pool);
    }
    // A pool has terminated before its workers have ended: the next test would find them.
    for (Thread worker : workers()) {
      worker.join(1_000);
    }
  }

  private List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> !before.contains(t))
        .filter(t -> t.getName().matches("pool-\\d+-thread-\\d+|order-writer"))
        .toList();
  }

  @Test
  void check_nothingLeft_writesNothing() {
    for (int i = 0; i < 10; i++) {
      environment.invokeIdle();
    }

    assertThat(environment.host.lines()).isEmpty();
    // Where other tests have used virtual threads, the guard looks at those.
    if (Runtime.version().feature() < 21) {
      assertThat(environment.host.pauses).isEmpty();
    }
  }

  @Test
  void check_threadOfTheBaseline_isNoSuspect() {
    leak("before");

    environment.invokeIdle();

    assertThat(environment.documents()).isEmpty();
  }

  @Test
  void check_oneThreadLeft_escapesOnce() {
    environment.invoke(() -> leak("order-writer-1"));
    List<JsonNode> documents = environment.documents();
    environment.invokeIdle();
    environment.invokeIdle();

    assertThat(documents).hasSize(1);
    JsonNode document = documents.get(0);
    assertThat(document.get("verdict").asText()).isEqualTo("ESCAPED");
    assertThat(document.get("family").asText()).isEqualTo("order-writer-N");
    assertThat(document.get("requestId").asText()).isEqualTo("request-1");
    assertThat(document.get("coldStart").asBoolean()).isTrue();
    assertThat(document.get("groupThreads").asInt()).isEqualTo(1);
    assertThat(document.get("SurplusThreads").asInt()).isEqualTo(1);
    assertThat(document.get("LeakedThreads").asInt()).isZero();
    assertThat(environment.documents()).isEmpty();
  }

  @Test
  void check_reportedThreadEnds_recovers() {
    environment.invoke(() -> leak("order-writer-1"));
    environment.documents();

    blocked.get(0).release();
    environment.invokeIdle();

    List<JsonNode> documents = environment.documents();
    assertThat(documents).hasSize(1);
    assertThat(documents.get(0).get("verdict").asText()).isEqualTo("RECOVERED");
    assertThat(documents.get(0).get("SurplusThreads").asInt()).isZero();
    environment.invokeIdle();
    assertThat(environment.documents()).isEmpty();
  }

  @Test
  void check_threadPerInvocation_growsAtTheThird() {
    List<String> verdicts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      environment.invoke(() -> leak("order-writer"));
      verdicts.addAll(environment.verdicts());
    }

    assertThat(verdicts).containsExactly("ESCAPED", "GROWING", "GROWING", "GROWING");
  }

  @Test
  void check_leakInEverySecondInvocation_growsAtTheThirdLeak() {
    for (int i = 0; i < 6; i++) {
      boolean leaks = i % 2 == 0;
      environment.invoke(
          () -> {
            if (leaks) {
              leak("order-writer");
            }
          });
    }

    assertThat(environment.verdicts()).containsExactly("ESCAPED", "GROWING");
  }

  @Test
  void check_growingGroupEnds_recoversWithLeakedBackAtZero() {
    for (int i = 0; i < 3; i++) {
      environment.invoke(() -> leak("order-writer"));
    }
    JsonNode growing = last(environment.documents());
    blocked.forEach(BlockedThread::release);
    environment.invokeIdle();

    JsonNode recovered = last(environment.documents());
    assertThat(growing.get("LeakedThreads").asInt()).isEqualTo(3);
    assertThat(recovered.get("verdict").asText()).isEqualTo("RECOVERED");
    assertThat(recovered.get("LeakedThreads").asInt()).isZero();
  }

  @Test
  void check_poolPerInvocation_growsAtTheFourth() {
    for (int i = 0; i < 3; i++) {
      environment.invoke(() -> run(pool(Executors.newFixedThreadPool(2))));
      assertThat(environment.verdicts()).doesNotContain("GROWING");
    }
    environment.invoke(() -> run(pool(Executors.newFixedThreadPool(2))));

    JsonNode document = last(environment.documents());
    assertThat(document.get("verdict").asText()).isEqualTo("GROWING");
    assertThat(document.get("family").asText()).isEqualTo("pool-N-thread-N");
    assertThat(document.get("stack").asText()).contains("ThreadPoolExecutor.getTask");
  }

  @Test
  void check_poolPerInvocationAllOfOneName_growsByItsOwners() {
    ThreadFactory sameName = body -> new Thread(body, "order-writer");
    for (int i = 0; i < 4; i++) {
      environment.invoke(() -> run(pool(Executors.newFixedThreadPool(1, sameName))));
    }

    assertThat(environment.verdicts()).containsExactly("ESCAPED", "GROWING");
  }

  @Test
  void check_schedulerPerInvocation_grows() {
    for (int i = 0; i < 4; i++) {
      environment.invoke(
          () -> {
            ScheduledExecutorService scheduler =
                (ScheduledExecutorService) pool(Executors.newScheduledThreadPool(1));
            ScheduledFuture<?> unused = scheduler.schedule(() -> {}, 1, TimeUnit.HOURS);
            awaitIdle(scheduler);
          });
    }

    assertThat(environment.verdicts()).containsExactly("ESCAPED", "GROWING");
  }

  @Test
  void check_staticPoolAddsAWorkerPerInvocation_isBounded() {
    ExecutorService pool = pool(Executors.newFixedThreadPool(50));
    for (int i = 0; i < 50; i++) {
      environment.invoke(() -> run(pool));
    }

    assertThat(environment.verdicts()).containsExactly("ESCAPED", "BOUNDED");
  }

  @Test
  void check_staticPoolOfOneNameAddsAWorkerPerInvocation_isBounded() {
    ExecutorService pool =
        pool(Executors.newFixedThreadPool(20, body -> new Thread(body, "order-writer")));
    for (int i = 0; i < 20; i++) {
      environment.invoke(() -> run(pool));
    }

    assertThat(environment.verdicts()).containsExactly("ESCAPED", "BOUNDED");
  }

  @Test
  void check_poolClosedInItsInvocation_isClean() {
    environment.invokeIdle();
    for (int i = 0; i < 20; i++) {
      environment.invoke(
          () -> {
            ExecutorService pool = pool(Executors.newFixedThreadPool(2));
            run(pool);
            pool.shutdown();
            awaitEnd(pool);
          });
    }

    assertThat(environment.documents()).isEmpty();
  }

  @Test
  void check_workerReplacedInEachInvocation_isNeverGrowing() {
    BlockedThread[] worker = new BlockedThread[1];
    for (int i = 0; i < 10; i++) {
      environment.invoke(
          () -> {
            if (worker[0] != null) {
              worker[0].release();
            }
            worker[0] = leak("idle-connection-reaper");
          });
    }

    assertThat(environment.verdicts()).doesNotContain("GROWING").hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void check_workerBusyAtFirstSight_isJudgedByItsPoolLater() throws Exception {
    ExecutorService pool =
        pool(Executors.newFixedThreadPool(10, body -> new Thread(body, "order-writer")));
    List<CountDownLatch> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      environment.invoke(
          () -> {
            tasks.forEach(CountDownLatch::countDown);
            awaitIdle(pool);
            CountDownLatch task = new CountDownLatch(1);
            tasks.add(task);
            pool.execute(() -> awaitLatch(task));
          });
    }
    tasks.forEach(CountDownLatch::countDown);

    assertThat(environment.verdicts()).doesNotContain("GROWING");
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode last(List<JsonNode> documents) {
    return documents.get(documents.size() - 1);
  }

  private BlockedThread leak(String name) {
    BlockedThread thread = BlockedThread.start(name);
    blocked.add(thread);
    return thread;
  }

  private ExecutorService pool(ExecutorService pool) {
    pools.add(pool);
    return pool;
  }

  /** Runs one empty task and returns when its worker is idle. */
  private void run(ExecutorService pool) {
    Future<?> task = pool.submit(() -> {});
    try {
      task.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    awaitIdle(pool);
  }

  /** Returns when all workers of the pool wait for work. */
  private void awaitIdle(ExecutorService pool) {
    ThreadPoolExecutor executor = (ThreadPoolExecutor) pool;
    while (executor.getActiveCount() > 0) {
      Thread.onSpinWait();
    }
    workers().forEach(BlockedThread::awaitWaiting);
  }

  private static void awaitEnd(ExecutorService pool) {
    try {
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
