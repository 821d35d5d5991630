package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlingTest {
  @ParameterizedTest
  @CsvSource({"25,30000,25", "25,100,10", "25,0,0", "0,30000,0", "25,-5,0"})
  void budget_isTheSettingAndATenthOfWhatIsLeft(int settle, int remaining, int expected) {
    FakeContext context = new FakeContext("request-1");
    context.remainingMillis = remaining;

    assertThat(Settling.budget(Duration.ofMillis(settle), context))
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(expected));
  }

  @Test
  void budget_noContext_isTheSetting() {
    assertThat(Settling.budget(Duration.ofMillis(25), null)).isEqualTo(25_000_000);
  }

  @Test
  void await_threadStays_pausesGrowAndStayWithinTheBudget() {
    Invoker environment = new Invoker();
    try (BlockedThreads leaked = new BlockedThreads()) {
      environment.invoke(() -> leaked.start("order-writer"));
    }

    assertThat(environment.host.pauses).startsWith(100_000L, 200_000L, 400_000L);
    assertThat(environment.host.pauses.stream().mapToLong(p -> p).sum()).isEqualTo(25_000_000);
    assertThat(environment.host.pauses).allMatch(pause -> pause <= 8_000_000);
  }

  @Test
  void await_threadEndsMeanwhile_isSilentAndStopsWaiting() {
    Invoker environment = new Invoker();
    AtomicReference<BlockedThread> leaked = new AtomicReference<>();
    environment.host.onPause(() -> leaked.get().release());
    environment.invoke(() -> leaked.set(BlockedThread.start("order-writer")));
    environment.invokeIdle();

    assertThat(environment.host.pauses).hasSize(1);
    assertThat(environment.documents()).isEmpty();
  }

  @Test
  void await_deadlineNear_leavesTheVerdictToTheNextBeginning() {
    Invoker environment = new Invoker();
    try (BlockedThreads leaked = new BlockedThreads()) {
      AtomicBoolean reportedBefore = new AtomicBoolean(true);
      RequestHandler<String, String> handler =
          LeakGuard.builder()
              .host(environment.host)
              .monitor(new LeakMonitor())
              .build()
              .wrap(
                  (input, context) -> {
                    if (input.equals("leak")) {
                      leaked.start("order-writer");
                    }
                    reportedBefore.set(!environment.host.lines().isEmpty());
                    return input;
                  });
      FakeContext late = new FakeContext("late");
      late.remainingMillis = 0;
      handler.handleRequest("leak", late);
      assertThat(environment.host.lines()).isEmpty();

      handler.handleRequest("idle", new FakeContext("next"));

      assertThat(reportedBefore).isTrue();
      assertThat(environment.documents().get(0).get("requestId").asText()).isEqualTo("late");
    }
  }

  @Test
  void await_tooLittleTimeForTheFirstReport_isTerseNowAndInFullAtTheNextBeginning() {
    Invoker environment = new Invoker();
    try (BlockedThreads leaked = new BlockedThreads()) {
      RequestHandler<Runnable, String> handler =
          LeakGuard.builder()
              .host(environment.host)
              .monitor(new LeakMonitor())
              .build()
              .wrap(
                  (body, context) -> {
                    body.run();
                    return "";
                  });
      FakeContext late = new FakeContext("late");
      late.remainingMillis = 1_000;
      handler.handleRequest(() -> leaked.start("order \"writer\"\\"), late);
      JsonNode terse = EmfDocument.parse(environment.host.lines().get(0));
      assertThat(environment.documents()).hasSize(1);

      handler.handleRequest(() -> {}, new FakeContext("next"));

      assertThat(terse.has("stack")).isFalse();
      assertThat(terse.get("family").asText()).isEqualTo("order \"writer\"\\");
      assertThat(terse.get("SuspectThreads").asInt()).isEqualTo(1);
      JsonNode full = environment.documents().get(0);
      assertThat(full.get("verdict").asText()).isEqualTo("ESCAPED");
      assertThat(full.get("stack").asText()).contains("CountDownLatch.await");
      assertThat(full.get("fingerprint")).isEqualTo(terse.get("fingerprint"));
    }
  }

  /** 9 to 19 % of correct closes leave a worker that is still alive, in processWorkerExit. */
  @Test
  void check_poolsClosedWithoutWaiting_areNeverReported() {
    FakeHost host = new FakeHost();
    RequestHandler<Integer, String> handler =
        LeakGuard.builder()
            .host(new RealTimeHost(host))
            .monitor(new LeakMonitor())
            .build()
            .wrap(
                (workers, context) -> {
                  ExecutorService pool = Executors.newFixedThreadPool(workers);
                  CountDownLatch all = new CountDownLatch(workers);
                  for (int i = 0; i < workers; i++) {
                    pool.execute(all::countDown);
                  }
                  try {
                    all.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  pool.shutdown();
                  return "";
                });
    for (int i = 0; i < 300; i++) {
      handler.handleRequest(1 + i % 4, new FakeContext("request-" + i));
    }

    assertThat(host.lines()).noneMatch(line -> line.contains("\"GROWING\""));
    assertThat(host.lines().size()).isLessThanOrEqualTo(2);
  }

  @Test
  void pause_interruptedThread_waitsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    long begin = System.nanoTime();

    Host.system().pause(2_000_000);

    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(2_000_000);
    assertThat(Thread.interrupted()).isTrue();
  }
}
