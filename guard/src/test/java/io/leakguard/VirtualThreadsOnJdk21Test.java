package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real virtual threads, real looks, real time; skipped where the JDK has none. */
class VirtualThreadsOnJdk21Test {
  private static final long PAUSE = 20_000_000;
  private static final long PATIENCE = 25_000_000;

  private final List<Thread> leaked = new ArrayList<>();
  private VirtualThreads threads;
  private long invocation;
  private VirtualLook newest;

  @BeforeEach
  void watch() {
    VirtualThreadStarter.assumeThereAre();
    // One has run before, as where a carrier was seen.
    threads = VirtualThreads.carrierSeen(0, Host.system());
  }

  @AfterEach
  void endTheLeaked() {
    leaked.forEach(VirtualThreadStarter::end);
  }

  private void invoke(Runnable body) {
    threads.begin(++invocation);
    body.run();
    VirtualLook look = threads.end(invocation, PATIENCE);
    newest = look == null ? newest : look;
    Host.system().pause(PAUSE);
  }

  private void leak(String name, Runnable body) {
    leaked.add(VirtualThreadStarter.startWaiting(name, body));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void take(LinkedBlockingQueue<String> queue) {
    try {
      queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void fiveQuickInvocations_leakInEach_threeAtLeastAreKnownByTheEndOfTheLast() {
    for (int i = 0; i < 5; i++) {
      invoke(() -> leak("order", () -> await(new CountDownLatch(1))));
    }

    List<Long> births = new ArrayList<>();
    for (Virtual virtual : newest.survivors()) {
      if (leaked.stream().anyMatch(thread -> thread.getId() == virtual.id())) {
        births.add(virtual.birth());
      }
    }
    assertThat(births).hasSizeGreaterThanOrEqualTo(3).contains(1L, 2L, 3L).doesNotHaveDuplicates();
  }

  @Test
  void births_ofConsumers_areTheirInvocations() {
    for (int i = 0; i < 12; i++) {
      invoke(
          () -> {
            if (invocation % 2 == 0) {
              leak("consumer-" + invocation, () -> take(new LinkedBlockingQueue<>()));
            }
          });
    }

    List<Virtual> consumers = new ArrayList<>(newest.survivors());
    consumers.removeIf(virtual -> !virtual.facts().name().startsWith("consumer-"));
    assertThat(consumers).hasSizeGreaterThanOrEqualTo(3);
    assertThat(consumers)
        .allMatch(virtual -> virtual.facts().name().equals("consumer-" + virtual.birth()));
  }

  @Test
  void perTaskExecutor_closed_leavesNothing() {
    long first = VirtualWatermarks.nextId();
    for (int i = 0; i < 12; i++) {
      invoke(
          () -> {
            ExecutorService executor = VirtualThreadStarter.newPerTaskExecutor();
            for (int task = 0; task < 20; task++) {
              executor.execute(() -> LockSupport.parkNanos(100_000));
            }
            executor.shutdown();
            try {
              executor.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }

    assertThat(newest).isNotNull();
    assertThat(newest.survivors()).noneMatch(virtual -> virtual.id() > first);
    assertThat(threads.takeFailure()).isNull();
  }

  @Test
  void worker_isADaemonOfTheGuardsOwnName() {
    invoke(() -> {});

    Thread[] all = new Thread[Thread.activeCount() * 2 + 64];
    int count = Thread.enumerate(all);
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (all[i].getName().equals(VirtualWorker.NAME)) {
        workers.add(all[i]);
      }
    }
    assertThat(workers).isNotEmpty();
    assertThat(workers).allMatch(Thread::isDaemon);
  }
}
