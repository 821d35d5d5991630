package io.leakguard.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Who holds what a thread waits for, by real locks. */
class LockOwnersTest {
  private static final String LOCK = "java.util.concurrent.locks.ReentrantLock$NonfairSync";

  private static LockWait waitOf(StuckThread stuck) {
    return LockOwners.of(List.of(stuck.thread())).get(stuck.thread().getId());
  }

  /** A thread whose lock was seen by its frames has it for the JVM a moment later. */
  private static LockWait awaitCycle(StuckThread stuck, int size) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    LockWait wait = waitOf(stuck);
    while ((wait == null || wait.cycle().size() != size) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      wait = waitOf(stuck);
    }
    return wait;
  }

  /** Starts threads that each take a lock and then the next one's. */
  private static List<StuckThread> ring(int size) {
    CyclicBarrier allHaveOne = new CyclicBarrier(size);
    List<Lock> locks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      locks.add(new ReentrantLock());
    }
    List<StuckThread> ring = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Lock first = locks.get(i);
      Lock second = locks.get((i + 1) % size);
      ring.add(StuckThread.start(() -> takeBoth(first, second, allHaveOne)));
    }
    return ring;
  }

  private static void takeBoth(Lock first, Lock second, CyclicBarrier allHaveOne) throws Exception {
    first.lockInterruptibly();
    try {
      allHaveOne.await();
      second.lockInterruptibly();
      try {
        assertThat(second).isNotSameAs(first);
      } finally {
        second.unlock();
      }
    } finally {
      first.unlock();
    }
  }

  private static void end(List<StuckThread> ring) {
    ring.forEach(stuck -> stuck.thread().interrupt());
    ring.forEach(StuckThread::close);
  }

  @Test
  void of_twoLocksInOppositeOrder_isADeadlockWithItsCycle() {
    List<StuckThread> ring = ring(2);
    try {
      StuckThread first = ring.get(0);
      first.thread().setName("first\nline");
      ring.get(1).thread().setName("second");
      LockWait wait = awaitCycle(first, 2);

      assertThat(wait).isEqualTo(new LockWait(LOCK, "second", List.of("first?line", "second")));
      Diagnosis seen = Diagnosis.of(first.facts(), wait);
      DiagnosisOf.expect("deadlock", seen, first.facts());
      assertThat(seen.waitsFor())
          .isEqualTo("in a deadlock: first?line waits for second waits for first?line");
      assertThat(seen.sentence()).contains("same order");
    } finally {
      end(ring);
    }
  }

  @Test
  void of_ring_namesAllOfIt_andALongOneTheOwnerOnly() {
    List<StuckThread> five = ring(5);
    List<StuckThread> twenty = ring(20);
    try {
      assertThat(awaitCycle(five.get(3), 5).cycle()).hasSize(5);
      twenty.get(7).diagnosis("lock");
      assertThat(awaitCycle(twenty.get(7), 0).cycle()).isEmpty();
    } finally {
      end(five);
      end(twenty);
    }
  }

  @Test
  void of_monitor_isHeldBySomebody() throws Exception {
    Object monitor = new Object();
    CountDownLatch released = new CountDownLatch(1);
    StuckThread holder =
        StuckThread.start(
            () -> {
              synchronized (monitor) {
                released.await();
              }
            },
            released::countDown);
    holder.diagnosis("latch");
    holder.thread().setName("holder");
    StuckThread blocked =
        StuckThread.start(
            () -> {
              synchronized (monitor) {
                monitor.notifyAll();
              }
            });
    blocked.diagnosis("monitor-blocked");
    LockWait wait = awaitCycle(blocked, 0);

    assertThat(wait).isEqualTo(new LockWait("java.lang.Object", "holder", List.of()));
    Diagnosis seen = Diagnosis.of(blocked.facts(), wait);
    DiagnosisOf.expect("monitor-blocked", seen, blocked.facts());
    assertThat(seen.waitsFor()).endsWith("(java.lang.Object, held by holder)");
    holder.close();
    blocked.close();
  }

  @Test
  void of_waitWithoutOwner_isNotThere() throws Exception {
    try (StuckThread stuck = StuckThread.start(() -> new Semaphore(0).acquire())) {
      Diagnosis alone = stuck.diagnosis("semaphore");

      assertThat(waitOf(stuck)).isNull();
      assertThat(Diagnosis.of(stuck.facts(), null)).isEqualTo(alone);
    }
    assertThat(LockOwners.of(List.of(new Thread(() -> {})))).isEmpty();
    assertThat(LockOwners.of(List.of())).isEmpty();
  }

  @Test
  void of_manyThreads_looksAtTheFirst256() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    try (StuckThread stuck = StuckThread.start(lock::lockInterruptibly)) {
      stuck.diagnosis("lock");
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 256; i++) {
        threads.add(new Thread(() -> {}));
      }
      threads.add(stuck.thread());

      assertThat(LockOwners.of(threads)).isEmpty();
      Map<Long, LockWait> last = LockOwners.of(threads.subList(1, 257));
      assertThat(last).containsOnlyKeys(stuck.thread().getId());
    } finally {
      lock.unlock();
    }
  }
}
