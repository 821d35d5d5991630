package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogBlockTest {
  private final List<BlockedThread> blocked = new ArrayList<>();
  private final List<ExecutorService> pools = new ArrayList<>();

  @AfterEach
  void release() {
    blocked.forEach(BlockedThread::release);
    pools.forEach(ExecutorService::shutdownNow);
  }

  private void leak(String name) {
    blocked.add(BlockedThread.start(name));
  }

  private void leakPool() {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    pools.add(pool);
    try {
      pool.submit(() -> {}).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("pool-"))
        .filter(t -> !t.isInterrupted())
        .forEach(BlockedThread::awaitWaiting);
  }

  @Test
  void log_stuckThread_isOneEventAtFirstSight() {
    Invoker environment = new Invoker();
    FakeContext context = environment.invoke(() -> leak("order-writer-1"));

    assertThat(context.logged).hasSize(1);
    assertThat(context.logged.get(0).lines().toList())
        .first()
        .asString()
        .matches(
            "LeakGuard: 1 thread outlived 1 invocation \\(ESCAPED\\), fingerprint \\p{XDigit}{12}");
    assertThat(context.logged.get(0))
        .contains("\n  order-writer-N x1, WAITING, waiting for a latch")
        .contains("\n    at java.util.concurrent.CountDownLatch.await(")
        .contains("BlockedThread.leak(BlockedThread.java:")
        .contains("\n    left by request request-1\n")
        .endsWith("\n");
  }

  @Test
  void log_idleWorker_waitsUntilTheLeakIsConfirmed() {
    Invoker environment = new Invoker();
    FakeContext first = environment.invoke(this::leakPool);
    FakeContext second = environment.invoke(this::leakPool);
    FakeContext third = environment.invoke(this::leakPool);
    FakeContext fourth = environment.invoke(this::leakPool);
    FakeContext fifth = environment.invoke(this::leakPool);

    assertThat(first.logged).isEmpty();
    assertThat(second.logged).isEmpty();
    assertThat(third.logged).isEmpty();
    assertThat(fifth.logged).isEmpty();
    assertThat(fourth.logged).hasSize(1);
    assertThat(fourth.logged.get(0))
        .startsWith("LeakGuard: 4 threads leaked in 4 invocations (GROWING), fingerprint ")
        .contains("\n  pool-N-thread-N x4, WAITING, idle worker of a pool, 4 different owners\n")
        .contains("\n    first left 3 invocations ago, 0.0 s of running time\n")
        .containsPattern("\n  1,024 threads in about \\d+ invocations at 1\\.0 per invocation\n");
  }

  @Test
  void log_samLocal_tellsAnIdleWorkerAtFirstSight() {
    Invoker environment = new Invoker(new FakeHost().variable("AWS_SAM_LOCAL", "true"));

    assertThat(environment.invoke(this::leakPool).logged).hasSize(1);
  }

  @Test
  void log_sameBugAgain_isNotRepeated() {
    Invoker environment = new Invoker();
    for (int i = 0; i < 6; i++) {
      environment.invoke(() -> leak("order-writer-1"));
    }

    assertThat(environment.contexts.stream().mapToInt(c -> c.logged.size()).sum()).isEqualTo(1);
  }

  @Test
  void log_hostileName_breaksNoLine() {
    Invoker environment = new Invoker();
    FakeContext context = environment.invoke(() -> leak("a\nINFO forged\u001b[2J"));

    assertThat(context.logged.get(0).lines()).noneMatch(line -> line.startsWith("INFO"));
    assertThat(context.logged.get(0)).doesNotContain("\u001b");
  }
}
