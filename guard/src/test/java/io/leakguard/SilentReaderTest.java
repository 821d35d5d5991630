package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers that read from a peer, with the number of threads as it is. */
class SilentReaderTest {
  private final Invoker environment = new Invoker();
  private final List<Thread> workers = Collections.synchronizedList(new ArrayList<>());
  private ExecutorService pool;
  private ServerSocket peer;
  private Socket reader;
  private Socket writer;
  private final AtomicInteger received = new AtomicInteger();

  @BeforeEach
  void connect() throws IOException {
    pool = Executors.newFixedThreadPool(2, this::worker);
    peer = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    reader = new Socket(peer.getInetAddress(), peer.getLocalPort());
    writer = peer.accept();
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    reader.close();
    writer.close();
    peer.close();
    pool.shutdownNow();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    for (Thread worker : workers) {
      worker.join(10_000);
    }
  }

  private Thread worker(Runnable body) {
    Thread worker = new Thread(body, "silent-reader-test-" + workers.size());
    workers.add(worker);
    return worker;
  }

  private void read() {
    pool.execute(this::readAll);
    awaitReads();
  }

  private void readAll() {
    try {
      while (reader.getInputStream().read() >= 0) {
        received.incrementAndGet();
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void awaitReads() {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!isReading(workers.get(0))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static boolean isReading(Thread thread) {
    StackTraceElement[] frames = thread.getStackTrace();
    return frames.length > 0 && frames[0].isNativeMethod();
  }

  private void sendByte() {
    int before = received.get();
    try {
      writer.getOutputStream().write(1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    while (received.get() == before) {
      Thread.onSpinWait();
    }
    awaitReads();
  }

  private void invokeIdle(int times) {
    for (int i = 0; i < times; i++) {
      environment.invokeIdle();
    }
  }

  @Test
  void check_onlyWorkerReadsInSilence_isConfirmedInTime() {
    environment.invoke(this::read);
    invokeIdle(20);
    assertThat(environment.verdicts()).doesNotContain("GROWING");
    invokeIdle(20);

    assertThat(environment.verdicts()).containsExactly("GROWING");
  }

  @Test
  void check_bytesComeNowAndThen_isNotStuck() {
    environment.invoke(this::read);
    for (int i = 0; i < 5; i++) {
      environment.invoke(this::sendByte);
      invokeIdle(11);
    }

    assertThat(environment.verdicts()).doesNotContain("GROWING");
  }

  @Test
  void check_poolHasAnIdleWorker_isNotStuck() {
    environment.invoke(
        () -> {
          read();
          pool.execute(() -> {});
          BlockedThread.awaitWaiting(workers.get(1));
        });
    invokeIdle(40);

    assertThat(environment.verdicts()).doesNotContain("GROWING");
  }
}
