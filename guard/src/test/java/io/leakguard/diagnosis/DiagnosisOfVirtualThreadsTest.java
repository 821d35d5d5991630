package io.leakguard.diagnosis;

import static io.leakguard.diagnosis.DiagnosisOf.expectOfVirtual;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** A virtual thread waits in other frames for the same things: the same rows. */
@EnabledForJreRange(min = JRE.JAVA_21)
class DiagnosisOfVirtualThreadsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static void expect(String kind, StuckThread.Body body) throws Exception {
    expectOfVirtual(kind, body, () -> {});
  }

  @Test
  void of_primitives() throws Exception {
    expect("latch", () -> new CountDownLatch(1).await());
    expect("semaphore", () -> new Semaphore(0).acquire());
    expect("future", () -> new CompletableFuture<>().get());
    expect("queue-take", () -> new LinkedBlockingQueue<>().take());
    expect("sleep", () -> Thread.sleep(3_600_000));
    expect(
        "park",
        () -> {
          while (!Thread.currentThread().isInterrupted()) {
            LockSupport.park();
          }
        });
    expect("timed-wait", () -> LockSupport.parkNanos(3_600_000_000_000L));
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    try {
      expect("lock", lock::lockInterruptibly);
    } finally {
      lock.unlock();
    }
  }

  @Test
  void of_monitors() throws Exception {
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
    StuckThread blocked;
    synchronized (monitor) {
      blocked =
          StuckThread.startVirtual(
              () -> {
                synchronized (monitor) {
                  monitor.notifyAll();
                }
              },
              () -> {});
      DiagnosisOf.expect("monitor-blocked", blocked.diagnosis("monitor-blocked"), blocked.facts());
    }
    blocked.close();
  }

  @Test
  void of_joinOfAVirtualThread_byEitherKind() throws Exception {
    try (StuckThread joined =
        StuckThread.startVirtual(() -> new CountDownLatch(1).await(), () -> {})) {
      expect("join", () -> joined.thread().join());
      DiagnosisOf.expect("join", () -> joined.thread().join());
    }
  }

  @Test
  void of_sockets() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      Socket socket = new Socket(LOOPBACK, silent.getLocalPort());
      expectOfVirtual("socket-read", () -> socket.getInputStream().read(), socket::close);
      Socket timed = new Socket(LOOPBACK, silent.getLocalPort());
      timed.setSoTimeout(3_600_000);
      expectOfVirtual("socket-read", () -> timed.getInputStream().read(), timed::close);
      Socket full = new Socket(LOOPBACK, silent.getLocalPort());
      expectOfVirtual(
          "socket-write", () -> full.getOutputStream().write(new byte[64 << 20]), full::close);
    }
    ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
    expectOfVirtual("socket-accept", server::accept, server::close);
    try (ServerSocketChannel channel = ServerSocketChannel.open().bind(null)) {
      expect("socket-accept", channel::accept);
    }
    DatagramSocket datagrams = new DatagramSocket(0, LOOPBACK);
    expectOfVirtual(
        "datagram-receive",
        () -> datagrams.receive(new DatagramPacket(new byte[1], 1)),
        datagrams::close);
    try (Selector selector = Selector.open()) {
      expect("selector", selector::select);
    }
  }

  @Test
  void of_carriersAndPollers_areMachinery() throws Exception {
    AtomicBoolean end = new AtomicBoolean();
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK);
        StuckThread spinning =
            StuckThread.startVirtual(
                () -> {
                  while (!end.get()) {
                    Thread.onSpinWait();
                  }
                },
                () -> end.set(true));
        StuckThread reading = StuckThread.startVirtual(silent::accept, silent::close)) {
      DiagnosisOf.expect("running", spinning.diagnosis("running"), spinning.facts());
      reading.diagnosis("socket-accept");

      List<Diagnosis> machinery =
          Thread.getAllStackTraces().entrySet().stream()
              .filter(e -> isMachinery(ThreadFacts.of(e.getKey(), e.getValue())))
              .map(e -> Diagnosis.of(ThreadFacts.of(e.getKey(), e.getValue())))
              .toList();

      assertThat(machinery).hasSizeGreaterThan(1);
      assertThat(machinery).extracting(Diagnosis::kind).containsOnly("virtual-threads");
      assertThat(machinery).extracting(Diagnosis::role).containsOnly(Diagnosis.Role.SERVICE);
    }
  }

  private static boolean isMachinery(ThreadFacts facts) {
    return facts.name().endsWith("Poller")
        || facts.hasFrame("java.lang.VirtualThread", "runContinuation");
  }
}
