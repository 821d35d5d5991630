package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.diagnosis.Diagnosis;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real looks, where the JDK has virtual threads. */
class VirtualDumpTest {
  private interface Body {
    void run() throws Exception;
  }

  private final VirtualDump dump = new VirtualDump();

  @BeforeEach
  void prepare() throws Exception {
    VirtualThreadStarter.assumeThereAre();
    dump.prepare();
  }

  private Virtual look(long id) throws Exception {
    for (Virtual virtual : dump.look().threads()) {
      if (virtual.id() == id) {
        return virtual;
      }
    }
    throw new AssertionError("no virtual thread " + id);
  }

  private void expect(String kind, Body body) throws Exception {
    Thread thread =
        VirtualThreadStarter.startWaiting(
            kind,
            () -> {
              try {
                body.run();
              } catch (Exception ended) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      Virtual seen = look(thread.getId());

      assertThat(Diagnosis.of(seen.facts()).kind()).as(seen.toString()).isEqualTo(kind);
      assertThat(seen.facts().state()).isEqualTo(thread.getState());
      assertThat(seen.facts().name()).isEqualTo(kind);
      assertThat(seen.facts().frames())
          .usingElementComparator(VirtualDumpTest::compare)
          .containsExactly(thread.getStackTrace());
    } finally {
      VirtualThreadStarter.end(thread);
    }
  }

  /** The dump does not say which file a native method is in. */
  private static int compare(StackTraceElement one, StackTraceElement other) {
    return one.getClassName().equals(other.getClassName())
            && one.getMethodName().equals(other.getMethodName())
            && one.getLineNumber() == other.getLineNumber()
        ? 0
        : 1;
  }

  @Test
  void look_waitsForALatch() throws Exception {
    expect("latch", () -> new CountDownLatch(1).await());
  }

  @Test
  void look_waitsForAQueue() throws Exception {
    expect("queue-take", () -> new LinkedBlockingQueue<String>().take());
  }

  @Test
  void look_sleeps() throws Exception {
    expect("sleep", () -> Thread.sleep(Duration.ofHours(1).toMillis()));
  }

  @Test
  void look_parks() throws Exception {
    expect("park", LockSupport::park);
  }

  @Test
  void look_readsFromASocket() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
      expect("socket-read", () -> socket.getInputStream().read());
    }
  }

  @Test
  void look_closedPerTaskExecutor_leavesNothing() throws Exception {
    long first = VirtualWatermarks.nextId();
    ExecutorService executor = VirtualThreadStarter.newPerTaskExecutor();
    for (int i = 0; i < 100; i++) {
      executor.execute(() -> LockSupport.parkNanos(1_000));
    }
    executor.shutdown();
    assertThat(executor.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();

    assertThat(dump.look().threads()).noneMatch(virtual -> virtual.id() > first);
  }

  @Test
  void look_tenThousand_sharesStacksAndTakesSeconds() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 9_000; i++) {
      threads.add(VirtualThreadStarter.start("", () -> awaitQuietly(release)));
    }
    try {
      BlockedThread.awaitWaiting(threads.get(threads.size() - 1));
      long begun = System.nanoTime();
      VirtualListing seen = dump.look();
      long took = System.nanoTime() - begun;

      Set<Object> stacks = new HashSet<>();
      int count = 0;
      for (Virtual virtual : seen.threads()) {
        count++;
        stacks.add(System.identityHashCode(virtual.facts().frames()));
      }
      assertThat(count).isGreaterThan(8_900);
      assertThat(stacks).hasSizeLessThan(100);
      assertThat(seen.complete()).isTrue();
      assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(10));
    } finally {
      release.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void look_hostileNames_loseNoThread() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (String name : List.of("\u0001", "a\n\n\"b", "\" virtual", "x".repeat(2_000_000))) {
      threads.add(VirtualThreadStarter.startWaiting(name, LockSupport::park));
    }
    threads.add(VirtualThreadStarter.startWaiting("last", LockSupport::park));
    try {
      for (Thread thread : threads) {
        assertThat(thread.getName()).startsWith(look(thread.getId()).facts().name());
      }
    } finally {
      threads.forEach(VirtualThreadStarter::end);
    }
  }

  @Test
  void look_leavesNoFile() throws Exception {
    dump.look();

    assertThat(new File(System.getProperty("java.io.tmpdir")).list())
        .noneMatch(
            name ->
                name.startsWith("leakguard-" + ProcessHandle.current().pid() + "-")
                    && name.endsWith(".threads"));
  }

  @Test
  void look_noPlaceForTheFile_saysWhere() {
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", "/no/such/place");
    try {
      assertThatThrownBy(dump::look)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("/no/such/place");
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void look_trackingIsOff_isIncomplete() throws Exception {
    System.setProperty("jdk.trackAllThreads", "false");
    try {
      assertThat(dump.look().complete()).isFalse();
    } finally {
      System.clearProperty("jdk.trackAllThreads");
    }
  }
}
