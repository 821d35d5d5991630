package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several invocations in one environment: nobody is accused of what another one still needs. */
class ConcurrencyTest {
  private final FakeHost host = new FakeHost();
  private final LeakMonitor monitor = new LeakMonitor();
  private final ExecutorService lanes = Executors.newFixedThreadPool(8);
  private final BlockedThreads leaked = new BlockedThreads();
  private final RequestHandler<Runnable, String> handler =
      LeakGuard.builder()
          .host(host)
          .monitor(monitor)
          .build()
          .wrap(
              (body, context) -> {
                body.run();
                return "";
              });

  @AfterEach
  void end() throws InterruptedException {
    leaked.close();
    lanes.shutdownNow();
    assertThat(lanes.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private void invoke(String request, Runnable body) {
    handler.handleRequest(body, new FakeContext(request));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void check_threadOfAnInvocationThatStillRuns_isNotReported() throws Exception {
    invoke("first", () -> {});
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Future<?> slow =
        lanes.submit(
            () ->
                invoke(
                    "slow",
                    () -> {
                      BlockedThread helper = leaked.start("helper");
                      working.countDown();
                      ConcurrencyTest.await(finish);
                      helper.release();
                    }));
    ConcurrencyTest.await(working);
    for (int i = 0; i < 5; i++) {
      invoke("quick-" + i, () -> {});
    }
    assertThat(host.lines()).isEmpty();

    finish.countDown();
    slow.get();
    invoke("after", () -> {});

    assertThat(host.lines()).isEmpty();
  }

  @Test
  void check_threadLeftBehind_isReportedOnceAllThatOverlappedHaveEnded() throws Exception {
    invoke("first", () -> {});
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Future<?> slow =
        lanes.submit(
            () ->
                invoke(
                    "slow",
                    () -> {
                      working.countDown();
                      ConcurrencyTest.await(finish);
                    }));
    ConcurrencyTest.await(working);
    invoke("leaker", () -> leaked.start("order-writer"));
    assertThat(host.lines()).isEmpty();

    finish.countDown();
    slow.get();

    assertThat(host.lines()).hasSize(1);
    assertThat(host.lines().get(0)).contains("\"ESCAPED\"").contains("\"requestId\":\"leaker\"");
  }

  @Test
  void check_runtimeThreadsThatStartLater_areNoLeak() throws Exception {
    invoke("first", () -> {});
    CountDownLatch all = new CountDownLatch(8);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String request = "lane-" + i;
      running.add(
          lanes.submit(
              () ->
                  invoke(
                      request,
                      () -> {
                        all.countDown();
                        ConcurrencyTest.await(all);
                      })));
    }
    for (Future<?> lane : running) {
      lane.get();
    }
    invoke("after", () -> {});

    assertThat(host.lines()).isEmpty();
  }

  @Test
  void check_manyLanesThatOneAfterTheOtherLeak_isFound() throws Exception {
    for (int round = 0; round < 12; round++) {
      lanes.submit(() -> invoke("r", () -> leaked.start("order-writer"))).get();
    }

    assertThat(host.lines()).anyMatch(line -> line.contains("\"GROWING\""));
    host.lines().forEach(EmfDocument::parse);
  }

  @Test
  void check_oneHelperPerLane_isNotGrowing() throws Exception {
    invoke("first", () -> {});
    CountDownLatch all = new CountDownLatch(8);
    Map<Thread, BlockedThread> helpers = new ConcurrentHashMap<>();
    for (int round = 0; round < 5; round++) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(
            lanes.submit(
                () ->
                    invoke(
                        "r",
                        () -> {
                          all.countDown();
                          ConcurrencyTest.await(all);
                          helpers.computeIfAbsent(
                              Thread.currentThread(), lane -> leaked.start("order-writer"));
                        })));
      }
      for (Future<?> lane : running) {
        lane.get();
      }
    }

    assertThat(host.lines()).noneMatch(line -> line.contains("\"GROWING\""));
  }

  @Test
  void wrap_handlerCallsWrappedHandler_isOneInvocation() {
    RequestHandler<Runnable, String> outer =
        LeakGuard.builder()
            .host(host)
            .monitor(monitor)
            .build()
            .wrap(
                (body, context) -> {
                  BlockedThread own = leaked.start("own");
                  handler.handleRequest(body, context);
                  own.release();
                  return "";
                });
    outer.handleRequest(() -> {}, new FakeContext("first"));
    outer.handleRequest(() -> {}, new FakeContext("second"));

    assertThat(host.lines()).isEmpty();
  }
}
