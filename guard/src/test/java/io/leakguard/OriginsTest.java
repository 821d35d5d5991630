package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who created a thread; threads are mostly not started here: their constructor is what counts. */
class OriginsTest {
  @BeforeAll
  static void arm() {
    Origins.arm();
  }

  @AfterEach
  void leave() {
    Origins.leave();
  }

  private static Thread thread() {
    return new Thread(OriginsTest::thread);
  }

  @Test
  void threadOfAScope_isKnownWithRequestParentAndPlace() {
    Origins.enter("request-1", 7);

    Origin origin = Origins.of(thread());

    assertThat(origin.scope()).isEqualTo("request-1");
    assertThat(origin.number()).isEqualTo(7);
    assertThat(origin.late()).isFalse();
    assertThat(origin.labels()).isEmpty();
    assertThat(origin.parent()).isEqualTo(Thread.currentThread().getName());
    assertThat(origin.createdBy().get(0).getMethodName()).isEqualTo("thread");
    assertThat(origin.createdBy().get(1).getMethodName())
        .isEqualTo("threadOfAScope_isKnownWithRequestParentAndPlace");
    assertThat(origin.createdBy()).hasSizeLessThanOrEqualTo(Origin.MOST_FRAMES);
  }

  @Test
  void poolWorkerAndTimer_innermostFrameOutsideTheJdkComesFirst() {
    Origins.enter("request-1", 1);
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    ExecutorService pool = Executors.newFixedThreadPool(1);
    Timer timer = new Timer("origins-test", true);
    try {
      pool.execute(() -> worker.complete(Thread.currentThread()));

      StackTraceElement first = Origins.of(worker.join()).createdBy().get(0);

      assertThat(first.getClassName()).isEqualTo(OriginsTest.class.getName());
    } finally {
      pool.shutdown();
      timer.cancel();
    }
  }

  @Test
  void stackOfTheJdkAlone_beginsBehindTheMachinery() {
    StackTraceElement[] stack = {
      new StackTraceElement("io.leakguard.Creation", "byCurrentThread", null, 1),
      frameOfTheJdk("java.lang.Thread", "<init>"),
      frameOfTheJdk("java.util.Timer", "<init>"),
      frameOfTheJdk("java.lang.Thread", "run")
    };

    assertThat(Creation.read(stack)).containsExactly(stack[2], stack[3]);
  }

  private static StackTraceElement frameOfTheJdk(String type, String method) {
    return new StackTraceElement(null, "java.base", "17", type, method, null, 1);
  }

  @Test
  void grandchild_belongsToTheSameScope() throws Exception {
    Origins.enter("request-1", 1);
    FutureTask<Thread> grandchild = new FutureTask<>(OriginsTest::thread);
    Thread child = new Thread(grandchild, "the-child");
    child.start();

    Origin origin = Origins.of(grandchild.get());
    child.join();

    assertThat(origin.scope()).isEqualTo("request-1");
    assertThat(origin.parent()).isEqualTo("the-child");
  }

  @Test
  void threadCreatedByOneThatOutlivedItsScope_isLate() throws Exception {
    Origins.enter("request-1", 1);
    CountDownLatch ended = new CountDownLatch(1);
    FutureTask<Thread> grandchild =
        new FutureTask<>(
            () -> {
              ended.await();
              return thread();
            });
    Thread child = new Thread(grandchild);
    child.start();
    Origins.leave();
    ended.countDown();

    assertThat(Origins.of(grandchild.get()).late()).isTrue();
    assertThat(Origins.of(child).late()).isFalse();
    child.join();
  }

  @Test
  void outsideOfScopes_nothingIsKnown() {
    assertThat(Origins.of(thread())).isNull();
    Origins.enter("request-1", 1);
    Origins.leave();
    assertThat(Origins.of(thread())).isNull();
    assertThat(Origins.of(Thread.currentThread())).isNull();
  }

  @Test
  void threadThatInheritsNothing_isNotKnown() {
    Origins.enter("request-1", 1);

    Thread before = thread();
    Thread bare = new Thread(null, OriginsTest::thread, "bare", 0, false);
    Thread after = thread();

    assertThat(Origins.of(bare)).isNull();
    assertThat(Origins.of(before)).isNotNull();
    assertThat(Origins.of(after)).isNotNull();
  }

  @Test
  void nestedScopes_innerOneIsChargedUntilItEnds() {
    OriginScope outer = Origins.open("outer", 1);
    OriginScope inner = Origins.open("inner", 2);
    Thread first = thread();
    Origins.close(inner);
    Thread second = thread();
    Origins.close(outer);

    assertThat(Origins.creationOf(first).scope()).isSameAs(inner);
    assertThat(Origins.creationOf(second).scope()).isSameAs(outer);
    assertThat(Origins.current()).isNull();
  }

  @Test
  void leaveWithoutEnter_doesNotEndTheCheckAround() {
    OriginScope check = Origins.openCheck("the test");
    Origins.leave();

    assertThat(Origins.current()).isSameAs(check);
    Origins.close(check);
  }

  @Test
  void scopesThatEndInTheWrongOrder_leaveNothingOnTheThread() {
    OriginScope outer = Origins.open("outer", 1);
    OriginScope inner = Origins.open("inner", 2);
    Origins.close(outer);
    assertThat(Origins.current()).isSameAs(inner);
    Origins.close(inner);

    assertThat(Origins.current()).isNull();
  }

  @Test
  void label_isCarriedByWhatIsCreatedFromThenOn() {
    Origins.enter("request-1", 1);
    Thread before = thread();
    LeakGuard.label("tenant", "acme\n");
    Thread with = thread();
    LeakGuard.label("tenant", null);
    Thread without = thread();

    assertThat(Origins.of(before).labels()).isEmpty();
    assertThat(Origins.of(with).labels()).containsOnly(entry("tenant", "acme?"));
    assertThat(Origins.of(without).labels()).isEmpty();
  }

  @Test
  void label_tooManyAndTooLong_areBounded() {
    Origins.enter("request-1", 1);
    for (int i = 0; i < 100; i++) {
      LeakGuard.label(i + "k".repeat(1_000), "v".repeat(100_000));
    }
    LeakGuard.label(null, "value");
    LeakGuard.label(" ", "value");

    Origin origin = Origins.of(thread());

    assertThat(origin.labels()).hasSize(OriginScope.MOST_LABELS);
    assertThat(origin.labels().keySet()).allMatch(key -> key.length() <= OriginScope.LONGEST_KEY);
    assertThat(origin.labels().values())
        .allMatch(value -> value.length() <= OriginScope.LONGEST_VALUE);
  }

  @Test
  void label_outsideOfScopes_doesNothing() {
    LeakGuard.label("tenant", "acme");
    Origins.enter("request-1", 1);

    assertThat(Origins.of(thread()).labels()).isEmpty();
  }

  @Test
  void manyCreatorsAtOnce_noThreadIsGivenToAnother() throws Exception {
    ConcurrentHashMap<Thread, String> creators = new ConcurrentHashMap<>();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String name = "creator-" + i;
      Thread creator =
          new Thread(
              () -> {
                Origins.enter(name, 1);
                for (int j = 0; j < 200; j++) {
                  creators.put(thread(), name);
                }
                Origins.leave();
              });
      creator.start();
      running.add(creator);
    }
    for (Thread creator : running) {
      creator.join();
    }

    creators.forEach(
        (thread, creator) -> {
          Origin origin = Origins.of(thread);
          assertThat(origin == null ? creator : origin.scope()).isEqualTo(creator);
        });
    assertThat(creators.keySet()).anyMatch(thread -> Origins.of(thread) != null);
  }
}
