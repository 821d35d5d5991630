package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What counts as growth: not names and not numbers alone, but owners that nobody uses any more. */
class GrowthTest {
  private final Invoker environment = new Invoker();
  private final BlockedThreads leaked = new BlockedThreads();
  private final List<ExecutorService> pools = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    leaked.close();
    for (ExecutorService pool : pools) {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private ThreadPoolExecutor pool(String name) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> new Thread(body, name));
    pools.add(pool);
    return pool;
  }

  private static void use(ThreadPoolExecutor pool) {
    Thread[] worker = new Thread[1];
    CountDownLatch done = new CountDownLatch(1);
    pool.execute(
        () -> {
          worker[0] = Thread.currentThread();
          done.countDown();
        });
    try {
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    while (pool.getActiveCount() > 0) {
      Thread.onSpinWait();
    }
    BlockedThread.awaitWaiting(worker[0]);
  }

  private JsonNode last() {
    List<JsonNode> documents = environment.documents();
    return documents.get(documents.size() - 1);
  }

  @Test
  void threadsThatRestartAndMultiply_areGrowing() {
    List<BlockedThread> generation = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      environment.invoke(
          () -> {
            int next = generation.size() + 1;
            generation.forEach(BlockedThread::release);
            generation.clear();
            for (int n = 0; n < next; n++) {
              generation.add(leaked.start("feed"));
            }
          });
    }

    assertThat(last().get("verdict").asText()).isEqualTo("GROWING");
  }

  @Test
  void threadsReplacedOneAfterTheOther_areNotGrowing() {
    List<BlockedThread> workers = new ArrayList<>();
    environment.invoke(
        () -> {
          for (int i = 0; i < 3; i++) {
            workers.add(leaked.start("feed"));
          }
        });
    for (int i = 0; i < 12; i++) {
      int place = i % 3;
      environment.invoke(
          () -> {
            workers.get(place).release();
            workers.set(place, leaked.start("feed"));
          });
    }

    assertThat(environment.verdicts()).doesNotContain("GROWING");
  }

  @Test
  void baselineThreadsReplaced_areNoSuspects() {
    List<BlockedThread> workers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      workers.add(leaked.start("feed-" + i));
    }
    environment.invokeIdle();
    for (int i = 0; i < 4; i++) {
      int place = i;
      environment.invoke(
          () -> {
            workers.get(place).release();
            leaked.start("feed-" + (place + 4));
          });
    }

    assertThat(environment.documents()).isEmpty();
  }

  @Test
  void poolsOfThreeTenantsInTurn_areInUse() {
    List<ThreadPoolExecutor> tenants = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int tenant = i % 3;
      environment.invoke(
          () -> {
            if (tenant == tenants.size()) {
              tenants.add(pool("tenant"));
            }
            use(tenants.get(tenant));
          });
    }

    assertThat(environment.verdicts()).doesNotContain("GROWING");
  }

  @Test
  void poolsOfManyTenants_alarmAtFirstAndAreBoundedOnceTheyAreUsedAgain() {
    List<ThreadPoolExecutor> tenants = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int tenant = i % 10;
      environment.invoke(
          () -> {
            if (tenant == tenants.size()) {
              tenants.add(pool("tenant"));
            }
            use(tenants.get(tenant));
          });
    }

    assertThat(last().get("verdict").asText()).isEqualTo("BOUNDED");
    environment.host.pass(java.time.Duration.ofSeconds(20));
    environment.invokeIdle();
    environment.documents().forEach(d -> assertThat(d.get("LeakedThreads").asInt()).isZero());
  }

  @Test
  void elasticSchedulers_growUnderConcurrencyAndAreInUse() {
    List<ScheduledThreadPoolExecutor> workers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int concurrency = Math.min(i + 1, 10);
      environment.invoke(
          () -> {
            while (workers.size() < concurrency) {
              String name = "elastic-" + workers.size();
              workers.add(new ScheduledThreadPoolExecutor(1, body -> new Thread(body, name)));
              pools.add(workers.get(workers.size() - 1));
            }
            workers.forEach(GrowthTest::use);
          });
    }

    assertThat(environment.verdicts()).doesNotContain("GROWING");
  }

  @Test
  void consumersOfOneQueueAndOneName_areAThreadEach() {
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    List<Thread> consumers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      environment.invoke(
          () -> {
            Thread consumer = new Thread(() -> take(queue), "consumer");
            consumer.start();
            consumers.add(consumer);
            BlockedThread.awaitWaiting(consumer);
          });
    }
    consumers.forEach(Thread::interrupt);

    assertThat(last().get("verdict").asText()).isEqualTo("GROWING");
  }

  private static void take(LinkedBlockingQueue<String> queue) {
    try {
      queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void workThatOutlastsItsInvocationForAWhile_isBoundedOnItsPlateau() {
    List<BlockedThread> running = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      environment.invoke(
          () -> {
            running.add(leaked.start("job"));
            if (running.size() > 5) {
              running.remove(0).release();
            }
          });
    }

    assertThat(last().get("verdict").asText()).isEqualTo("BOUNDED");
  }
}
