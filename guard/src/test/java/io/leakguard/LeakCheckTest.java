package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
  private final BlockedThreads blocked = new BlockedThreads();
  private final List<ExecutorService> pools = new ArrayList<>();
  private final LeakCheck check = LeakCheck.builder().grace(Duration.ofMillis(20)).build();

  @AfterEach
  void end() {
    blocked.close();
    pools.forEach(ExecutorService::shutdownNow);
  }

  private void leakPool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    pools.add(pool);
    pool.prestartAllCoreThreads();
  }

  @Test
  void leak_isThrownWithAReport() {
    LeakedThreadsError error =
        catchThrowableOfType(
            LeakedThreadsError.class,
            () ->
                check.check(
                    () -> {
                      leakPool();
                      leakPool();
                      blocked.start("order-writer");
                    }));

    LeakedGroup pool = error.report().groups().get(0);
    assertThat(error.report().threads()).isEqualTo(3);
    assertThat(pool.threads()).isEqualTo(2);
    assertThat(pool.family()).isEqualTo("pool-N-thread-N");
    assertThat(pool.createdBy().get(0)).startsWith("io.leakguard.LeakCheckTest.leakPool(");
    assertThat(pool.parent()).isEqualTo(Thread.currentThread().getName());
    assertThat(error.report().groups().get(1).family()).isEqualTo("order-writer");
    assertThat(error)
        .hasMessageStartingWith("3 threads outlived the checked code\n  pool-N-thread-N x2, ")
        .hasMessageContaining("\n    created by io.leakguard.LeakCheckTest.leakPool(LeakCheckTest")
        .hasMessageContaining(pool.diagnosis().fix())
        .hasMessageContaining("fingerprint " + pool.fingerprint());
  }

  @Test
  void cleanBody_returnsItsResult() throws IOException {
    String result =
        LeakGuard.check(
            () -> {
              if (pools.size() > 1) {
                throw new IOException();
              }
              return "result";
            });

    assertThat(result).isEqualTo("result");
    LeakGuard.check(() -> pools.clear());
  }

  @Test
  void poolClosedWithoutWaiting_isNotAccused() {
    for (int i = 0; i < 20; i++) {
      LeakGuard.check(
          () -> {
            ExecutorService pool = Executors.newFixedThreadPool(4);
            for (int j = 0; j < 4; j++) {
              pool.execute(pools::clear);
            }
            pool.shutdown();
          });
    }
  }

  @Test
  void failingBody_throwsItsOwnAndAddsTheLeak() {
    IOException failure = new IOException("the body's");

    assertThatThrownBy(
            () ->
                check.check(
                    () -> {
                      blocked.start("order-writer");
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(failure.getSuppressed()).hasSize(1);
    assertThat(failure.getSuppressed()[0]).isInstanceOf(LeakedThreadsError.class);
  }

  @Test
  void failingBodyWithoutLeak_throwsItsOwnAlone() {
    assertThatThrownBy(
            () ->
                LeakGuard.check(
                    () -> {
                      throw new IOException("the body's");
                    }))
        .isInstanceOf(IOException.class)
        .hasNoSuppressedExceptions();
  }

  @Test
  void ignoredByNameOrStarter_isNotReported() {
    LeakCheck byName =
        LeakCheck.builder().grace(Duration.ZERO).ignore(IgnoreRule.name("order-*")).build();
    LeakCheck byStarter =
        LeakCheck.builder()
            .grace(Duration.ZERO)
            .ignore(IgnoreRule.starter("io.leakguard.LeakCheckTest.leakPool"))
            .build();

    byName.check(() -> blocked.start("order-writer"));
    byStarter.check(this::leakPool);
    assertThatThrownBy(() -> byStarter.check(() -> blocked.start("order-writer")))
        .isInstanceOf(LeakedThreadsError.class);
  }

  @Test
  void threadsAliveBefore_areAccepted() {
    blocked.start("order-writer");

    check.check(() -> pools.clear());
  }

  @Test
  void leakOfAnInvocationInTheCheck_isChargedToTheCheck() {
    LeakScope scope = check.begin("the test", null);
    Origins.enter("request-1", 1);
    blocked.start("order-writer");
    Origins.leave();

    LeakReport report = scope.end(Duration.ZERO);

    assertThat(report.threads()).isEqualTo(1);
    assertThat(report.toString()).contains(" in request-1");
  }

  @Test
  void nestedCheck_reportsOnceInTheInnerOne() {
    LeakScope outer = check.begin("outer", null);
    LeakScope inner = check.begin("inner", outer);
    blocked.start("order-writer");

    assertThat(inner.end().threads()).isEqualTo(1);
    assertThat(outer.end()).matches(LeakReport::isEmpty).hasToString("no thread outlived outer");
  }

  @Test
  void part_isNamedAndCharged() throws InterruptedException {
    LeakScope run = check.begin("the run", null);
    Thread other =
        new Thread(
            () -> {
              LeakScope.Part part = run.part("a test");
              blocked.start("order-writer");
              part.end();
            });
    other.start();
    other.join();

    LeakReport report = run.end();

    assertThat(report.groups()).hasSize(1);
    assertThat(report.groups().get(0).scope()).isEqualTo("a test");
  }

  @Test
  void factoryOfThePool_isNotTheOnlyCreatorThatIsShown() {
    ExecutorService pool = Executors.newSingleThreadExecutor(body -> new Thread(body, "worker"));
    pools.add(pool);
    LeakedThreadsError error =
        catchThrowableOfType(
            LeakedThreadsError.class, () -> check.check(() -> pool.execute(blocked::close)));

    assertThat(error)
        .hasMessageContaining("created by io.leakguard.LeakCheckTest.lambda$factoryOfThePool")
        .hasMessageContaining("in io.leakguard.LeakCheckTest.lambda$factoryOfThePool");
    assertThat(error.getMessage()).doesNotContain("in java.util.concurrent");
  }

  @Test
  void ignoredByItsFrames_isNotWaitedFor() {
    FakeHost host = new FakeHost();
    LeakCheck patient =
        LeakCheck.builder()
            .host(host)
            .grace(Duration.ofMinutes(1))
            .ignore("any io.leakguard.BlockedThread.leak # waits for good")
            .build();

    patient.check(() -> blocked.start("order-writer"));

    assertThat(host.nanoTime()).isLessThan(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void grace_outOfRange_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeakCheck.builder().grace(Duration.ofMillis(-1)))
        .withMessage("grace must be between PT0S and PT1M: PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeakCheck.builder().grace(Duration.ofSeconds(61)));
  }
}
