package io.leakguard.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Expects a diagnosis of a real thread, and ends the thread. */
final class DiagnosisOf {
  private static final Set<String> CONSUMERS =
      Set.of(
          "scheduler", "idle-pool-worker", "idle-fork-join-worker", "between-tasks", "queue-take");

  private static final Set<String> SERVICES =
      Set.of(
          "timer",
          "http-client",
          "selector",
          "socket-accept",
          "datagram-receive",
          "cleaner",
          "sleep",
          "sleeping-task",
          "timed-wait",
          "async-channels",
          "watch-service",
          "virtual-threads",
          "native-code",
          "native");

  private DiagnosisOf() {}

  static void expect(String kind, StuckThread.Body body) throws Exception {
    expect(kind, body, () -> {});
  }

  static void expect(String kind, StuckThread.Body body, StuckThread.Body release)
      throws Exception {
    try (StuckThread stuck = StuckThread.start(body, release)) {
      expect(kind, stuck.diagnosis(kind), stuck.facts());
    }
  }

  /** Expects it of a virtual thread, where a platform thread of the same body has it too. */
  static void expectOfVirtual(String kind, StuckThread.Body body, StuckThread.Body release)
      throws Exception {
    try (StuckThread stuck = StuckThread.startVirtual(body, release)) {
      expect(kind, stuck.diagnosis(kind), stuck.facts());
    }
  }

  /** Diagnoses a thread that something else has started. */
  static void expectOf(String kind, Thread thread) {
    Diagnosis seen = Diagnosis.of(ThreadFacts.of(thread));
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!seen.kind().equals(kind) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      seen = Diagnosis.of(ThreadFacts.of(thread));
    }
    expect(kind, seen, ThreadFacts.of(thread));
  }

  static void expect(String kind, Diagnosis seen, ThreadFacts facts) {
    assertThat(seen.kind()).as(String.valueOf(facts)).isEqualTo(kind);
    assertThat(seen.role()).as(kind).isEqualTo(roleOf(kind));
  }

  private static Diagnosis.Role roleOf(String kind) {
    if (CONSUMERS.contains(kind)) {
      return Diagnosis.Role.CONSUMER;
    }
    return SERVICES.contains(kind) ? Diagnosis.Role.SERVICE : Diagnosis.Role.WORK;
  }

  static void expectOfPool(String kind, PoolMaker maker, Task task) throws Exception {
    AtomicReference<Thread> worker = new AtomicReference<>();
    ThreadFactory factory =
        body -> {
          Thread thread = new Thread(body, "worker");
          worker.set(thread);
          return thread;
        };
    ExecutorService pool = maker.make(factory);
    try {
      task.on(pool);
      expectOf(kind, worker.get());
    } finally {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  interface PoolMaker {
    ExecutorService make(ThreadFactory factory);
  }

  interface Task {
    void on(ExecutorService pool) throws Exception;
  }
}
