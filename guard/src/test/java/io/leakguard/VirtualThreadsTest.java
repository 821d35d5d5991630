package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looks beside invocations, with a source, a worker and a time that do as they are told. */
class VirtualThreadsTest {
  private static final Duration INVOCATION = Duration.ofMillis(20);
  private static final long PATIENCE = 25_000_000;

  private final FakeHost host = new FakeHost();
  private final FakeVirtualSource source = new FakeVirtualSource();
  private final VirtualThreads threads = new VirtualThreads(source, source, 0, host);
  private long invocation;

  private VirtualLook invoke(Runnable body) {
    return invoke(body, 0);
  }

  private VirtualLook invoke(Runnable body, long patience) {
    threads.begin(++invocation);
    body.run();
    host.pass(INVOCATION);
    return threads.end(invocation, patience);
  }

  private VirtualLook invokeIdle() {
    return invoke(() -> {});
  }

  @Test
  void end_first_beginsALookAndANextOneReturnsIt() {
    assertThat(invoke(() -> source.startThread("leak"))).isNull();
    assertThat(source.work()).isEqualTo(1);

    VirtualLook look = invokeIdle();

    assertThat(look.living()).hasSize(1);
    assertThat(look.survivors()).hasSize(1);
    assertThat(look.living().get(0).birth()).isEqualTo(1);
    assertThat(threads.take()).isNull();
  }

  @Test
  void end_whileALookIsUnderWay_beginsNoOther() {
    invokeIdle();
    invokeIdle();
    invokeIdle();

    assertThat(source.work()).isEqualTo(1);
  }

  @Test
  void survivors_bornInAnInvocationThatRuns_areNotThere() {
    invokeIdle();
    threads.begin(++invocation);
    source.startThread("of the running one");
    source.work();
    host.pass(INVOCATION);

    VirtualLook look = threads.end(invocation, 0);

    assertThat(look.living()).hasSize(1);
    assertThat(look.survivors()).isEmpty();
  }

  @Test
  void survivors_bornWhileALookIsUnderWay_areNotThere() {
    source.during =
        () -> {
          threads.begin(++invocation);
          source.startThread("born late");
          threads.end(invocation, 0);
        };
    invokeIdle();
    source.work();

    VirtualLook look = threads.take();

    assertThat(look.living()).hasSize(1);
    assertThat(look.survivors()).isEmpty();
  }

  @Test
  void survivors_ofInvocationsAtTheSameTime_countWhenAllHaveEnded() {
    threads.begin(1);
    threads.begin(2);
    source.startThread("of either");
    invocation = 2;
    threads.end(2, 0);
    source.work();
    assertThat(threads.take().survivors()).isEmpty();

    threads.end(1, 0);
    invokeIdle();
    source.work();

    assertThat(threads.take().survivors()).hasSize(1);
  }

  @Test
  void survivors_livedBeforeTheCarrierWasSeen_areOfItsInvocation() {
    source.startThread("early");
    VirtualThreads late = new VirtualThreads(source, source, 3, host);
    late.begin(4);
    late.end(4, 0);
    source.work();

    assertThat(late.take().survivors().get(0).birth()).isEqualTo(3);
  }

  @Test
  void end_leakInEveryInvocation_fiveTellTheirBirths() {
    VirtualLook newest = null;
    for (int i = 0; i < 5; i++) {
      VirtualLook look = invoke(() -> source.startThread("leak"));
      newest = look == null ? newest : look;
      source.work();
    }

    assertThat(newest.survivors()).extracting(Virtual::birth).startsWith(1L, 2L, 3L);
  }

  @Test
  void end_lastLookShowsSeveralInvocations_waitsForTheNext() {
    invoke(() -> source.startThread("leak"));
    invoke(() -> source.startThread("leak"));
    source.work();
    host.onPause(source::work);

    VirtualLook look = invoke(() -> source.startThread("leak"), PATIENCE);

    assertThat(look.survivors()).extracting(Virtual::birth).containsExactly(1L, 2L, 3L);
    assertThat(host.pauses).isNotEmpty();
  }

  @Test
  void end_waiting_staysWithinThePatienceAndIsRare() {
    invoke(() -> source.startThread("leak"));
    invoke(() -> source.startThread("leak"));
    source.work();
    host.pauses.clear();

    for (int i = 0; i < 100; i++) {
      invoke(() -> source.startThread("leak"), PATIENCE);
    }

    long waited = host.pauses.stream().mapToLong(pause -> pause).sum();
    assertThat(waited).isEqualTo(8 * PATIENCE);
  }

  @Test
  void end_usedRightly_neverWaits() {
    for (int i = 0; i < 1_000; i++) {
      invoke(
          () -> {
            source.startThread("task");
            source.living.clear();
          },
          PATIENCE);
      host.pauses.clear();
      source.work();
      assertThat(host.pauses).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void end_firstLookTakesLong_isWaitedForInTheFourthInvocation() {
    invoke(() -> {}, PATIENCE);
    invoke(() -> {}, PATIENCE);
    invoke(() -> {}, PATIENCE);
    assertThat(host.pauses).isEmpty();
    host.onPause(source::work);

    assertThat(invoke(() -> {}, PATIENCE)).isNotNull();
  }

  @Test
  void look_firstOneTookSomeInvocations_aSecondFollowsAtOnce() {
    source.during =
        () -> {
          source.during = () -> {};
          invoke(() -> source.startThread("leak"));
          invoke(() -> source.startThread("leak"));
        };
    invoke(() -> source.startThread("leak"));
    source.work();

    assertThat(source.looks).isEqualTo(2);
    assertThat(threads.take().survivors()).extracting(Virtual::birth).containsExactly(1L, 2L, 3L);
  }

  @Test
  void look_firstOneShowsNothing_noSecondFollows() {
    source.during = this::invokeIdle;
    invokeIdle();
    source.work();

    assertThat(source.looks).isEqualTo(1);
  }

  @Test
  void end_looksBesideInvocations_anyHundredHaveAtMostOnePercent() {
    long[] cost = new long[2_000];
    source.during =
        () -> {
          host.pass(Duration.ofMillis(3));
          cost[(int) invocation] += 3;
        };
    for (int i = 0; i < 1_999; i++) {
      threads.begin(++invocation);
      source.startThread("leak");
      source.work();
      host.pass(INVOCATION);
      threads.end(invocation, 0);
    }

    assertThat(source.looks).isGreaterThan(10);
    // The first two are for loading classes and learning the price.
    for (int from = 4; from + 100 <= cost.length; from++) {
      long sum = 0;
      for (int i = from; i < from + 100; i++) {
        sum += cost[i];
      }
      assertThat(sum).isLessThanOrEqualTo(20);
    }
  }

  @Test
  void end_looksBetweenInvocations_costNothing() {
    source.during = () -> host.pass(Duration.ofSeconds(1));
    for (int i = 0; i < 64; i++) {
      invoke(() -> source.startThread("leak"));
      source.work();
    }

    assertThat(source.looks).isEqualTo(11);
  }

  @Test
  void look_fails_isToldOnceAndTriedThreeTimesInAll() {
    source.failure = new IOException("no space");
    for (int i = 0; i < 1_000; i++) {
      invokeIdle();
      source.work();
    }

    assertThat(source.looks).isEqualTo(3);
    assertThat(threads.takeFailure()).hasMessage("no space");
    assertThat(threads.takeFailure()).isNull();
    assertThat(threads.take()).isNull();
  }

  @Test
  void end_noThreadForTheLook_doesNotThrow() {
    VirtualThreads poor =
        new VirtualThreads(
            source,
            work -> {
              throw new OutOfMemoryError("unable to create native thread");
            },
            0,
            host);
    poor.begin(1);

    assertThat(poor.end(1, PATIENCE)).isNull();
    assertThat(poor.takeFailure()).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void look_idOfTheFuture_isNoThread() {
    Virtual made = source.startThread("imitation");
    source.living.set(0, new Virtual(made.id() + 1_000_000, 0, made.facts(), ""));
    invokeIdle();
    source.work();

    assertThat(threads.take().living()).isEmpty();
  }

  @Test
  void look_incomplete_says() {
    source.complete = false;
    invokeIdle();
    source.work();

    assertThat(threads.take()).isEqualTo(new VirtualLook(List.of(), 2, false));
  }
}
