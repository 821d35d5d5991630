package io.leakguard.diagnosis;

import static io.leakguard.diagnosis.DiagnosisOf.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;

/** The rows of threads that wait for other threads. */
class DiagnosisOfWaitsTest {
  @Test
  void of_latch() throws Exception {
    expect("latch", () -> new CountDownLatch(1).await());
  }

  @Test
  void of_semaphore() throws Exception {
    expect("semaphore", () -> new Semaphore(0).acquire());
  }

  @Test
  void of_cyclicBarrier() throws Exception {
    expect("barrier", () -> new CyclicBarrier(2).await());
  }

  @Test
  void of_phaser() throws Exception {
    Phaser phaser = new Phaser(2);
    expect("barrier", () -> phaser.awaitAdvanceInterruptibly(phaser.arrive()));
  }

  @Test
  void of_exchanger() throws Exception {
    expect("barrier", () -> new Exchanger<>().exchange("a"));
  }

  @Test
  void of_futureTask() throws Exception {
    expect("future", () -> new FutureTask<>(() -> "never run").get());
  }

  @Test
  void of_completableFuture() throws Exception {
    expect("future", () -> new CompletableFuture<>().get());
  }

  @Test
  void of_completableFutureTimed() throws Exception {
    expect("future", () -> new CompletableFuture<>().get(1, TimeUnit.HOURS));
  }

  @Test
  void of_queuePut() throws Exception {
    ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
    queue.put("full");
    expect("queue-put", () -> queue.put("no room"));
  }

  @Test
  void of_synchronousQueuePut() throws Exception {
    expect("queue-put", () -> new SynchronousQueue<>().put("nobody takes"));
  }

  @Test
  void of_queueTake() throws Exception {
    expect("queue-take", () -> new LinkedBlockingQueue<>().take());
    expect("queue-take", () -> new LinkedBlockingDeque<>().take());
    expect("queue-take", () -> new LinkedTransferQueue<>().take());
    expect("queue-take", () -> new LinkedBlockingQueue<>().poll(1, TimeUnit.HOURS));
  }

  @Test
  void of_monitorBlocked() throws Exception {
    Object monitor = new Object();
    StuckThread blocked;
    synchronized (monitor) {
      blocked =
          StuckThread.start(
              () -> {
                synchronized (monitor) {
                  monitor.notifyAll();
                }
              });
      DiagnosisOf.expect("monitor-blocked", blocked.diagnosis("monitor-blocked"), blocked.facts());
    }
    blocked.close();
  }

  @Test
  void of_condition() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    expect(
        "condition",
        () -> {
          lock.lockInterruptibly();
          try {
            Condition never = lock.newCondition();
            while (!Thread.currentThread().isInterrupted()) {
              never.await();
            }
          } finally {
            lock.unlock();
          }
        });
  }

  @Test
  void of_reentrantLock() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    try {
      expect("lock", lock::lockInterruptibly);
    } finally {
      lock.unlock();
    }
  }

  @Test
  void of_readWriteLock() throws Exception {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    lock.writeLock().lock();
    try {
      expect("lock", () -> lock.readLock().lockInterruptibly());
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Test
  void of_stampedLock() throws Exception {
    StampedLock lock = new StampedLock();
    long stamp = lock.writeLock();
    expect("lock", lock::readLockInterruptibly);
    lock.unlockWrite(stamp);
  }

  @Test
  void of_join() throws Exception {
    Thread self = Thread.currentThread();
    expect("join", self::join);
  }

  @Test
  void of_sleep() throws Exception {
    expect("sleep", () -> Thread.sleep(3_600_000));
    expect("sleep", () -> TimeUnit.HOURS.sleep(1));
  }

  @Test
  void of_monitorWait() throws Exception {
    Object monitor = new Object();
    expect(
        "monitor-wait",
        () -> {
          synchronized (monitor) {
            while (!Thread.interrupted()) {
              monitor.wait();
            }
          }
        });
  }

  @Test
  void of_park() throws Exception {
    expect(
        "park",
        () -> {
          while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
          }
        });
  }

  @Test
  void of_spin() throws Exception {
    AtomicBoolean end = new AtomicBoolean();
    expect(
        "running",
        () -> {
          while (!end.get()) {
            Thread.onSpinWait();
          }
        },
        () -> end.set(true));
  }

  @Test
  void of_noFrames() {
    ThreadFacts facts = new ThreadFacts("native", "main", Thread.State.RUNNABLE, List.of());

    DiagnosisOf.expect("native", Diagnosis.of(facts), facts);
  }

  @Test
  void sentence_everyDiagnosis_saysWhatCauseAndFix() throws Exception {
    try (StuckThread stuck = StuckThread.start(() -> new CountDownLatch(1).await())) {
      assertThat(stuck.diagnosis("latch").sentence())
          .startsWith("waiting for a latch")
          .contains(": ")
          .contains("; count down in finally");
    }
  }

  @Test
  @SuppressWarnings("ThreadPriorityCheck") // the spin is what is looked for
  void of_yield_isASpin() throws Exception {
    AtomicBoolean end = new AtomicBoolean();
    expect(
        "spin",
        () -> {
          while (!end.get()) {
            Thread.yield();
          }
        },
        () -> end.set(true));
  }

  @Test
  void of_timedWaits_areServices() throws Exception {
    Object monitor = new Object();
    expect(
        "timed-wait",
        () -> {
          synchronized (monitor) {
            while (!Thread.interrupted()) {
              monitor.wait(3_600_000);
            }
          }
        });
    ReentrantLock lock = new ReentrantLock();
    expect(
        "timed-wait",
        () -> {
          lock.lockInterruptibly();
          try {
            Condition never = lock.newCondition();
            while (!Thread.currentThread().isInterrupted()) {
              assertThat(never.await(1, TimeUnit.HOURS)).isFalse();
            }
          } finally {
            lock.unlock();
          }
        });
    expect("timed-wait", () -> LockSupport.parkNanos(TimeUnit.HOURS.toNanos(1)));
  }

  @Test
  void of_timedAttempts_areWork() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    try {
      expect("lock", () -> lock.tryLock(1, TimeUnit.HOURS));
    } finally {
      lock.unlock();
    }
    expect("latch", () -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
    Thread self = Thread.currentThread();
    expect("join", () -> self.join(3_600_000));
  }

  @Test
  void of_timedQueues() throws Exception {
    ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
    queue.put("full");
    expect("queue-put", () -> queue.offer("no room", 1, TimeUnit.HOURS));
    expect("queue-put", () -> new LinkedTransferQueue<>().transfer("nobody takes"));
    expect("queue-take", () -> new SynchronousQueue<>().take());
    expect("queue-take", () -> new LinkedTransferQueue<>().poll(1, TimeUnit.HOURS));
  }

  @Test
  void of_publisherWithoutRoom() throws Exception {
    try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>()) {
      LazySubscriber subscriber = new LazySubscriber();
      publisher.subscribe(subscriber);
      expect(
          "queue-put",
          () -> {
            while (!Thread.currentThread().isInterrupted()) {
              publisher.submit(1);
            }
          },
          () -> subscriber.subscription.get().cancel());
    }
  }

  /** Never asks for anything. */
  private static final class LazySubscriber implements Flow.Subscriber<Integer> {
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription made) {
      subscription.complete(made);
    }

    @Override
    public void onNext(Integer item) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
