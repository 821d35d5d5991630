package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.leakguard.diagnosis.ThreadFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.Cleaner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row against the real thread, as the JDK that runs the test makes it. */
class BuiltInRulesTest {
  private final Filters filters = new Filters(new FakeHost());

  static List<PlatformThread> rows() {
    return BuiltInRules.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row_hasReasonAndVersions(PlatformThread row) {
    assertThat(row.reason()).isNotBlank().containsPattern("\\d+\\.\\d|JDK \\d\\d");
  }

  private boolean accepts(Thread thread) {
    return accepts(thread, List.of());
  }

  private boolean accepts(Thread thread, List<StackTraceElement> starter) {
    return filters.accepts(thread, ThreadFacts.of(thread), starter);
  }

  /** Waits until some thread of that name is accepted. */
  private void becomesAccepted(String name) {
    await(name + " is accepted", t -> new Glob(name).matches(t.getName()) && accepts(t));
  }

  private static Thread find(String name) {
    return await(name, thread -> new Glob(name).matches(thread.getName()));
  }

  private static Thread await(String what, Predicate<Thread> condition) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (System.nanoTime() < deadline) {
      // Not an enumeration of groups: on 17 that leaves out a native thread.
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (condition.test(thread)) {
          return thread;
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("no such thread: " + what);
  }

  private static StackTraceElement frame(String className, String method) {
    return new StackTraceElement(className, method, null, -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Attach Listener",
        "Signal Dispatcher",
        "DestroyJavaVM",
        "process reaper",
        "CompletableFutureDelayScheduler",
        "ForkJoinPool.commonPool-delayScheduler",
        "ForkJoinPool.commonPool-worker-1",
        "VirtualThread-unparker",
        "VirtualThread-unblocker",
        "MasterPoller",
        "Keep-Alive-Timer",
        "JFR Recorder Thread",
        "JFR Recording Scheduler",
        "RMI Scheduler(0)",
        "RMI Reaper",
        "Java2D Disposer"
      })
  void name_alone_hidesNoThread(String name) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Thread sameName = new Thread(new ThreadGroup("other"), new Waiter(started)::await, name);
    sameName.start();
    started.await();
    BlockedThread.awaitWaiting(sameName);

    assertThat(filters.acceptsByName(sameName)).isFalse();
    assertThat(accepts(sameName)).isFalse();
    sameName.interrupt();
    sameName.join();
  }

  private record Waiter(CountDownLatch started) {
    void await() {
      started.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void commonPool_idle_isAccepted() throws Exception {
    // Not submit and join: a joining thread may run the task itself.
    CompletableFuture<Thread> worker = new CompletableFuture<>();
    ForkJoinPool.commonPool().execute(() -> worker.complete(Thread.currentThread()));
    BlockedThread.awaitWaiting(worker.get());

    assertThat(accepts(worker.get())).isTrue();
  }

  @Test
  void delayScheduler_idle_isAcceptedAndAtWorkLookedAt() throws Exception {
    CompletableFuture<Thread> scheduler = new CompletableFuture<>();
    CountDownLatch stuck = new CountDownLatch(1);
    CompletableFuture<Object> late = new CompletableFuture<>();
    // What depends on it is there before the time begins: else it may run on this thread.
    CompletableFuture<Object> unused =
        late.exceptionally(
            e -> {
              scheduler.complete(Thread.currentThread());
              awaitUninterrupted(stuck);
              return null;
            });
    late.orTimeout(1, TimeUnit.MILLISECONDS);
    Thread thread = scheduler.get();
    BlockedThread.awaitWaiting(thread);
    assertThat(accepts(thread)).isFalse();

    stuck.countDown();
    becomesAccepted(thread.getName());
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void processReaper_withoutAChild_isAccepted() throws Exception {
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
        .redirectErrorStream(true)
        .start()
        .waitFor();

    becomesAccepted("process reaper");
  }

  @Test
  void httpServer_isNoPlatformThreadButItsClientsTimerIs() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      try (InputStream in = uri.toURL().openConnection().getInputStream()) {
        in.readAllBytes();
      }

      assertThat(accepts(find("HTTP-Dispatcher"))).isFalse();
      becomesAccepted("Keep-Alive-Timer");
    } finally {
      server.stop(0);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  @Test
  void cleaner_isLookedAt() {
    Cleaner cleaner = Cleaner.create();

    assertThat(accepts(find("Cleaner-*"))).isFalse();
    assertThat(cleaner).isNotNull();
  }

  @Test
  void timer_isLookedAtUnlessThePlatformStartedIt() {
    Timer timer = new Timer("prefs?", true);
    Thread thread = find("prefs?");
    BlockedThread.awaitWaiting(thread);

    assertThat(accepts(thread)).isFalse();
    assertThat(accepts(thread, List.of(frame("java.util.prefs.FileSystemPreferences", "<clinit>"))))
        .isTrue();
    timer.cancel();
  }

  @Test
  void channelGroup_isLookedAtUnlessItIsTheDefaultOne() throws IOException {
    try (AsynchronousServerSocketChannel channel = AsynchronousServerSocketChannel.open()) {
      channel.bind(new InetSocketAddress(loopback(), 0));
      Thread thread = await("event port", BuiltInRulesTest::isEventPort);
      String provider = "sun.nio.ch.LinuxAsynchronousChannelProvider";

      assertThat(accepts(thread)).isFalse();
      assertThat(accepts(thread, List.of(frame(provider, "openAsynchronousChannelGroup"))))
          .isFalse();
      assertThat(accepts(thread, List.of(frame(provider, "defaultEventPort")))).isTrue();
    }
  }

  private static boolean isEventPort(Thread thread) {
    Glob task = new Glob("sun.nio.ch.*$EventHandlerTask.run");
    return !new FramePatterns(List.of(task)).matching(ThreadFacts.of(thread).frames()).isEmpty();
  }

  @Test
  void recorder_ownThreads_areAccepted() {
    try (Recording recording = new Recording()) {
      recording.setDuration(Duration.ofHours(1));
      recording.start();

      becomesAccepted("JFR Periodic Tasks");
      becomesAccepted("JFR Recorder Thread");
      becomesAccepted("JFR Recording Scheduler");
    }
  }

  @Test
  @SuppressWarnings("BanJNDI") // The other end is this test.
  void jmx_serverThreads_areAcceptedAndTheClientsAreNot() throws Exception {
    System.setProperty("java.rmi.server.hostname", "127.0.0.1");
    JMXConnectorServer server =
        JMXConnectorServerFactory.newJMXConnectorServer(
            new JMXServiceURL("service:jmx:rmi://127.0.0.1"),
            null,
            ManagementFactory.getPlatformMBeanServer());
    server.start();
    try (JMXConnector client = JMXConnectorFactory.connect(server.getAddress())) {
      assertThat(client.getMBeanServerConnection().getMBeanCount()).isPositive();

      becomesAccepted("RMI TCP Connection(*)*");
      becomesAccepted("JMX server connection timeout *");
      becomesAccepted("RMI Scheduler(0)");
      becomesAccepted("RMI Reaper");
      becomesAccepted("RMI GC Daemon");
      assertThat(accepts(find("JMX client heartbeat *"))).isFalse();
    } finally {
      server.stop();
      System.clearProperty("java.rmi.server.hostname");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void attachedTool_listener_isAccepted() throws Exception {
    new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
            Long.toString(ProcessHandle.current().pid()),
            "ManagementAgent.start_local")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();

    becomesAccepted("Attach Listener");
    becomesAccepted("RMI TCP Accept-0");
  }

  @Test
  void java2d_disposer_isAccepted() throws IOException {
    new MemoryCacheImageInputStream(new ByteArrayInputStream(new byte[1])).close();

    becomesAccepted("Java2D Disposer");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void virtualThreads_helpers_areAccepted() throws Exception {
    Class<?> builder = Class.forName("java.lang.Thread$Builder");
    Object ofVirtual = Thread.class.getMethod("ofVirtual").invoke(null);
    CountDownLatch timed = new CountDownLatch(1);
    Runnable body =
        () -> {
          try {
            // A timed wait needs the scheduler of delays, a socket the poller.
            timed.await(20, TimeUnit.MILLISECONDS);
            connectAndRead();
          } catch (InterruptedException | IOException e) {
            throw new AssertionError(e);
          }
        };
    Thread thread = (Thread) builder.getMethod("start", Runnable.class).invoke(ofVirtual, body);
    thread.join();

    await("carriers", t -> isOfGroup(t, "CarrierThreads") && accepts(t));
    await("poller", t -> t.getName().endsWith("Poller") && accepts(t));
    for (Thread helper : Thread.getAllStackTraces().keySet()) {
      if (helper.getName().startsWith("VirtualThread-")) {
        assertThat(accepts(helper)).as(helper.toString()).isTrue();
      }
    }
  }

  private static boolean isOfGroup(Thread thread, String name) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null && group.getName().equals(name);
  }

  private static void connectAndRead() throws IOException {
    try (java.net.ServerSocket server = new java.net.ServerSocket(0, 1, loopback());
        java.net.Socket socket = new java.net.Socket(loopback(), server.getLocalPort())) {
      socket.setSoTimeout(50);
      socket.getInputStream().read();
    } catch (java.net.SocketTimeoutException expected) {
      assertThat(expected).hasMessageContaining("timed out");
    }
  }

  @Test
  void ownThread_byNameAndCodeAlone_isNotAccepted() {
    ThreadFacts both = named("leakguard-1", frame("io.leakguard.Origins", "run"));

    assertThat(filters.accepts(Thread.currentThread(), both)).isFalse();
  }

  private static ThreadFacts named(String name, StackTraceElement frame) {
    return new ThreadFacts(name, "main", Thread.State.WAITING, List.of(frame));
  }

  @Test
  void ownThread_byItsClass_isAccepted() {
    Thread own = new GuardThread(() -> {}, "orders-1");

    assertThat(filters.acceptsByName(own)).isTrue();
    assertThat(filters.accepts(own, named("orders-1", frame("java.lang.Thread", "run")))).isTrue();
  }
}
