package io.leakguard.diagnosis;

import static io.leakguard.diagnosis.DiagnosisOf.expect;
import static io.leakguard.diagnosis.DiagnosisOf.expectOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The rows of threads that a peer, a process or a pipe keeps. */
class DiagnosisOfIoTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void of_httpClient() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    Thread selector =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().matches("HttpClient-\\d+-SelectorManager"))
            .findAny()
            .orElseThrow();
    expectOf("http-client", selector);
    assertThat(client.version()).isNotNull();
  }

  @Test
  void of_httpResponse() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      HttpClient client = HttpClient.newHttpClient();
      URI uri = URI.create("http://" + LOOPBACK.getHostAddress() + ":" + silent.getLocalPort());
      HttpRequest request = HttpRequest.newBuilder(uri).build();
      expect("http-response", () -> client.send(request, HttpResponse.BodyHandlers.discarding()));
    }
  }

  @Test
  void of_selector() throws Exception {
    try (Selector selector = Selector.open()) {
      expect("selector", selector::select);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void of_socketConnect() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, LOOPBACK);
        SocketChannel first = SocketChannel.open();
        SocketChannel second = SocketChannel.open();
        Socket third = new Socket()) {
      // A backlog of one holds two: from the third on, nobody answers.
      for (SocketChannel channel : List.of(first, second)) {
        channel.configureBlocking(false);
        channel.connect(full.getLocalSocketAddress());
      }
      expect("socket-connect", () -> third.connect(full.getLocalSocketAddress()), third::close);
    }
  }

  @Test
  void of_socketAccept() throws Exception {
    ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
    expect("socket-accept", server::accept, server::close);
  }

  @Test
  void of_channelAccept() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(null)) {
      expect("socket-accept", server::accept);
    }
  }

  @Test
  void of_datagramReceive() throws Exception {
    DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
    expect(
        "datagram-receive",
        () -> socket.receive(new DatagramPacket(new byte[1], 1)),
        socket::close);
  }

  @Test
  void of_socketRead() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      Socket socket = new Socket(LOOPBACK, silent.getLocalPort());
      expect("socket-read", () -> socket.getInputStream().read(), socket::close);
    }
  }

  @Test
  void of_socketReadWithTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      Socket socket = new Socket(LOOPBACK, silent.getLocalPort());
      socket.setSoTimeout(3_600_000);
      expect("socket-read", () -> socket.getInputStream().read(), socket::close);
    }
  }

  @Test
  void of_channelRead() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK);
        SocketChannel channel = SocketChannel.open(silent.getLocalSocketAddress())) {
      expect("socket-read", () -> channel.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void of_socketWrite() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      Socket socket = new Socket(LOOPBACK, silent.getLocalPort());
      expect(
          "socket-write", () -> socket.getOutputStream().write(new byte[64 << 20]), socket::close);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void of_processWait() throws Exception {
    Process process = new ProcessBuilder("sleep", "3600").start();
    expect("process-wait", process::waitFor, process::destroyForcibly);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void of_processOutput() throws Exception {
    Process process = new ProcessBuilder("sleep", "3600").start();
    expect("pipe-read", () -> process.getInputStream().read(), process::destroyForcibly);
  }

  @Test
  void of_pipe() throws Exception {
    try (PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out)) {
      expect("pipe-read", in::read);
    }
  }

  @Test
  void of_channelReadWithTimeout() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK);
        SocketChannel channel = SocketChannel.open(silent.getLocalSocketAddress())) {
      channel.socket().setSoTimeout(3_600_000);
      expect("socket-read", () -> channel.socket().getInputStream().read());
    }
  }

  @Test
  void of_acceptWithTimeout() throws Exception {
    ServerSocket server = new ServerSocket(0, 5, LOOPBACK);
    server.setSoTimeout(3_600_000);
    expect("socket-accept", server::accept, server::close);
  }

  @Test
  void of_channelWrite() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK);
        SocketChannel channel = SocketChannel.open(silent.getLocalSocketAddress())) {
      expect("socket-write", () -> channel.write(ByteBuffer.allocate(64 << 20)));
    }
  }

  @Test
  void of_channelPipe() throws Exception {
    Pipe pipe = Pipe.open();
    expect("pipe-read", () -> pipe.source().read(ByteBuffer.allocate(1)));
    Pipe full = Pipe.open();
    expect("pipe-write", () -> full.sink().write(ByteBuffer.allocate(64 << 20)));
    full.source().close();
    pipe.sink().close();
  }

  @Test
  void of_pipeThatNobodyReads() throws Exception {
    try (PipedInputStream in = new PipedInputStream()) {
      PipedOutputStream out = new PipedOutputStream(in);
      expect("pipe-write", () -> out.write(new byte[1 << 20]));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void of_processInput() throws Exception {
    Process process = new ProcessBuilder("sleep", "3600").start();
    expect(
        "pipe-write",
        () -> process.getOutputStream().write(new byte[1 << 20]),
        process::destroyForcibly);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void of_processWaitWithTimeout_isTheProcess() throws Exception {
    Process process = new ProcessBuilder("sleep", "3600").start();
    expect("process-wait", () -> process.waitFor(1, TimeUnit.HOURS), process::destroyForcibly);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void of_processReaper() throws Exception {
    Process process = new ProcessBuilder("sleep", "3600").start();
    String name = "process reaper (pid " + process.pid() + ")";
    expectOf("process-wait", awaitThread((thread, stack) -> thread.getName().equals(name)));
    process.destroyForcibly();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void of_watchService() throws Exception {
    try (WatchService watch = FileSystems.getDefault().newWatchService()) {
      expect("watch-service", watch::take);
      expectOf("watch-service", threadIn("LinuxWatchService"));
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void of_asyncChannels() throws Exception {
    try (AsynchronousServerSocketChannel server = AsynchronousServerSocketChannel.open()) {
      Future<?> accept = server.bind(new InetSocketAddress(LOOPBACK, 0)).accept();
      expectOf("async-channels", threadIn("Port$EventHandlerTask"));
      expect("future", accept::get);
    }
  }

  /** Finds a thread that runs this JDK class itself, once it does. */
  private static Thread threadIn(String part) {
    return awaitThread(
        (thread, stack) -> Arrays.stream(stack).anyMatch(frame -> isRunOf(frame, part)));
  }

  private static Thread awaitThread(BiPredicate<Thread, StackTraceElement[]> wanted) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (System.nanoTime() < deadline) {
      for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
        if (wanted.test(entry.getKey(), entry.getValue())) {
          return entry.getKey();
        }
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("no such thread");
  }

  private static boolean isRunOf(StackTraceElement frame, String part) {
    return frame.getClassName().contains(part) && frame.getMethodName().equals("run");
  }

  @Test
  void of_nameLookUp() {
    ThreadFacts facts =
        FamilyTest.facts("t", "java.net.Inet6AddressImpl#lookupAllHostAddr", "com.acme.A#call");

    DiagnosisOf.expect("dns-lookup", Diagnosis.of(facts), facts);
  }

  @Test
  void of_nativeTopFrame_ofALibraryOrTheSystem() {
    DiagnosisOf.expect("native-code", Diagnosis.of(inNative("com.acme.Epoll")), null);
    DiagnosisOf.expect(
        "system-call", Diagnosis.of(inNative("sun.nio.ch.FileDispatcherImpl")), null);
    DiagnosisOf.expect("running", Diagnosis.of(inNative("java.lang.System")), null);
  }

  /** In the line number, -2 says that a method is native. */
  private static ThreadFacts inNative(String className) {
    return new ThreadFacts(
        "t",
        "main",
        Thread.State.RUNNABLE,
        List.of(new StackTraceElement(className, "call0", null, -2)));
  }
}
