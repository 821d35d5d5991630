package io.leakguard.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Workers of one pool have one owner, two pools are two; by real pools. */
class OwnerTest {
  private static Owner ownerOf(Thread thread, Owner.Kind kind) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    Owner owner = Owner.of(thread, ThreadFacts.of(thread));
    while (owner.kind() != kind && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      owner = Owner.of(thread, ThreadFacts.of(thread));
    }
    return owner;
  }

  /** Runs two tasks at once, so that two workers exist; returns their owners when idle. */
  private static List<Owner> ownersOfTwoWorkers(ExecutorService pool) throws Exception {
    Set<Thread> workers = ConcurrentHashMap.newKeySet();
    CountDownLatch both = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      pool.execute(
          () -> {
            workers.add(Thread.currentThread());
            both.countDown();
            try {
              both.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    both.await();
    return workers.stream().map(w -> ownerOf(w, Owner.Kind.WAITED_FOR)).toList();
  }

  private static void expectOnePoolOneOwner(Supplier<ExecutorService> maker) throws Exception {
    ExecutorService first = maker.get();
    ExecutorService second = maker.get();
    try {
      List<Owner> one = ownersOfTwoWorkers(first);
      List<Owner> two = ownersOfTwoWorkers(second);

      assertThat(one).hasSize(2).extracting(Owner::kind).containsOnly(Owner.Kind.WAITED_FOR);
      assertThat(one.get(0)).isEqualTo(one.get(1)).hasSameHashCodeAs(one.get(1));
      assertThat(two.get(0)).isEqualTo(two.get(1)).isNotEqualTo(one.get(0));
    } finally {
      first.shutdownNow();
      second.shutdownNow();
      assertThat(first.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      assertThat(second.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void of_fixedPool() throws Exception {
    expectOnePoolOneOwner(() -> Executors.newFixedThreadPool(2));
  }

  @Test
  void of_cachedPool() throws Exception {
    expectOnePoolOneOwner(Executors::newCachedThreadPool);
  }

  @Test
  void of_scheduledPool() throws Exception {
    expectOnePoolOneOwner(() -> Executors.newScheduledThreadPool(2));
  }

  @Test
  void of_forkJoinPool() throws Exception {
    expectOnePoolOneOwner(() -> new ForkJoinPool(2));
  }

  @Test
  void of_consumersOfOneQueue_haveOneOwner() throws Exception {
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    try (StuckThread one = StuckThread.start(queue::take);
        StuckThread two = StuckThread.start(queue::take);
        StuckThread other = StuckThread.start(() -> new LinkedBlockingQueue<>().take())) {
      assertThat(one.owner(Owner.Kind.WAITED_FOR))
          .isEqualTo(two.owner(Owner.Kind.WAITED_FOR))
          .isNotEqualTo(other.owner(Owner.Kind.WAITED_FOR));
    }
  }

  @Test
  void of_waitersOfOneLatch_areThemselves() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    try (StuckThread one = StuckThread.start(latch::await);
        StuckThread two = StuckThread.start(latch::await)) {
      one.diagnosis("latch");
      two.diagnosis("latch");

      assertThat(one.owner(Owner.Kind.THREAD)).isNotEqualTo(two.owner(Owner.Kind.THREAD));
      assertThat(List.of(one.owner(Owner.Kind.THREAD))).contains(one.owner(Owner.Kind.THREAD));
    }
  }

  private static Owner named(String name) {
    return Owner.of(new Thread(() -> {}, name), FamilyTest.facts(name, "a.B#busy"));
  }

  @Test
  void of_busyWorkersWithGroupNumber_belongToTheGroup() {
    assertThat(named("pool-3-thread-1").kind()).isEqualTo(Owner.Kind.NAMED_GROUP);
    assertThat(named("pool-3-thread-1")).isEqualTo(named("pool-3-thread-2"));
    assertThat(named("pool-3-thread-1")).isNotEqualTo(named("pool-4-thread-1"));
    assertThat(named("sdk-async-response-1-0")).isNotEqualTo(named("sdk-async-response-3-0"));
    assertThat(named("pool-3-thread-1").group()).isEqualTo("pool-3-thread-");
  }

  @Test
  void of_oneNumberOrNone_isTheThreadItself() {
    assertThat(named("order-writer-3").kind()).isEqualTo(Owner.Kind.THREAD);
    assertThat(named("http2-writer-3").kind()).isEqualTo(Owner.Kind.THREAD);
    assertThat(named("order-writer").kind()).isEqualTo(Owner.Kind.THREAD);
    assertThat(named("order-writer").group()).isEmpty();
  }

  @Test
  void of_ownerOfAGoneThread_equalsOnlyItself() {
    Owner gone = named("order-writer");
    Owner other = named("order-writer");
    System.gc();

    assertThat(List.of(gone)).contains(gone).doesNotContain(other);
  }
}
