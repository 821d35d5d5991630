package io.leakguard.gauntlet.cases;

import io.leakguard.gauntlet.fixture.Fixtures;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.RandomAccessFile;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** What stays open without a thread, and memory outside the heap. */
final class DescriptorCases {
  private static final List<AutoCloseable> OPEN = new ArrayList<>();

  private DescriptorCases() {}

  static void addTo(Cases cases) {
    files(cases);
    sockets(cases);
    others(cases);
    right(cases);
    rightPools(cases);
  }

  @SuppressWarnings("StreamResourceLeak") // That is the case.
  private static void files(Cases cases) {
    String alike = "a static cache of open files that fills up looks the same";
    kept(cases, "file-stream", alike, () -> new FileInputStream(file()));
    kept(cases, "file-reader", alike, () -> new BufferedReader(Files.newBufferedReader(path())));
    kept(cases, "file-channel", alike, () -> FileChannel.open(path()));
    kept(cases, "random-access-file", alike, () -> new RandomAccessFile(file(), "r"));
    kept(cases, "directory-stream", alike, () -> Files.newDirectoryStream(path().getParent()));
    kept(cases, "directory-list", alike, () -> Files.list(path().getParent()));
    cases.leak("five-files-per-invocation", () -> keeping(5, () -> new FileInputStream(file())));
  }

  private static void sockets(Cases cases) {
    String alike = "a static connection pool that warms up looks the same";
    kept(cases, "socket", alike, () -> Fixtures.connect(Fixtures.http()));
    kept(cases, "socket-channel", alike, DescriptorCases::connect);
    kept(cases, "socket-close-wait", alike, () -> Fixtures.connect(Fixtures.hangUp()));
    kept(cases, "server-socket", alike, DescriptorCases::listen);
    kept(cases, "datagram-socket", alike, DatagramSocket::new);
    cases.leak(
        "five-sockets-per-invocation", () -> keeping(5, () -> Fixtures.connect(Fixtures.hangUp())));
  }

  private static void others(Cases cases) {
    String alike = "a static set of event loops that starts lazily looks the same";
    kept(cases, "selector", alike, Selector::open);
    kept(cases, "pipe", alike, DescriptorCases::pipe);
    cases.leak("direct-memory", DescriptorCases::directMemory).needsInvocations(60);
    cases.leak("common-pool-backlog", DescriptorCases::backlog).needsInvocations(60);
  }

  private static void right(Cases cases) {
    cases.right("file-closed", n -> readAndClose());
    cases.right("directory-closed", n -> listAndClose());
    cases.right("socket-closed", n -> Fixtures.connect(Fixtures.http()).close());
    cases.right("jar-closed", n -> new JarFile(jar()).close());
    cases.right("selector-closed", n -> Selector.open().close());
    cases.right("file-static", DescriptorCases::staticFile);
    cases.right("direct-memory-static", DescriptorCases::staticMemory);
    cases.right("direct-memory-fills-a-bounded-pool", DescriptorCases::pooledMemory);
  }

  private static void rightPools(Cases cases) {
    cases
        .right("connection-pool-warms-up-to-ten", () -> upTo(10))
        .undecidable(
            "a socket per invocation that is never closed looks the same",
            "the plateau, or who holds the sockets");
    cases.right("connection-pool-warms-up-to-three", () -> upTo(3));
    cases.right("connection-replaced", DescriptorCases::replaced);
    cases
        .right("file-cache-fills-up-to-twenty", DescriptorCases::fileCache)
        .undecidable(
            "a file per invocation that is never closed looks the same",
            "the plateau, or who holds the files");
  }

  private static void kept(
      Cases cases, String name, String alike, Callable<? extends AutoCloseable> opener) {
    cases
        .leak(name, () -> keeping(1, opener))
        .undecidable(alike, "growth past any bound of a pool, or who holds it");
  }

  /** A static list keeps them: the garbage collector does not close them. */
  private static Body keeping(int each, Callable<? extends AutoCloseable> opener) {
    return n -> {
      for (int i = 0; i < each; i++) {
        OPEN.add(opener.call());
      }
    };
  }

  private static Path path() {
    return Path.of("/etc/hostname");
  }

  private static String file() {
    return path().toString();
  }

  private static String jar() {
    return System.getProperty("gauntlet.jar");
  }

  private static SocketChannel connect() throws Exception {
    return SocketChannel.open(Fixtures.address(Fixtures.http()));
  }

  private static ServerSocket listen() throws Exception {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static AutoCloseable pipe() throws Exception {
    Pipe pipe = Pipe.open();
    return () -> {
      pipe.sink().close();
      pipe.source().close();
    };
  }

  private static Body directMemory() {
    Queue<ByteBuffer> buffers = new ArrayDeque<>();
    return n -> buffers.add(ByteBuffer.allocateDirect(1 << 20).putInt(buffers.size()));
  }

  /** The pool's worker is at work on the first task; all later ones pile up. */
  private static Body backlog() {
    return n -> {
      for (int i = 0; i < 100; i++) {
        ForkJoinPool.commonPool().execute(() -> Threads.sleep(1000));
      }
    };
  }

  private static void readAndClose() throws Exception {
    try (FileInputStream in = new FileInputStream(file())) {
      in.readAllBytes();
    }
  }

  private static void listAndClose() throws Exception {
    try (Stream<Path> files = Files.list(path().getParent())) {
      files.forEach(path -> {});
    }
  }

  private static Body staticFile() {
    Lazy<FileInputStream> rates = Lazy.of(() -> new FileInputStream(file()));
    return n -> rates.get();
  }

  private static Body staticMemory() {
    Lazy<ByteBuffer> buffer = Lazy.of(() -> ByteBuffer.allocateDirect(8 << 20));
    return n -> buffer.get();
  }

  private static Body pooledMemory() {
    List<ByteBuffer> buffers = new ArrayList<>();
    return n -> {
      if (buffers.size() < 4) {
        buffers.add(ByteBuffer.allocateDirect(1 << 20));
      }
    };
  }

  private static Body upTo(int most) {
    List<Socket> pool = new ArrayList<>();
    return n -> {
      if (pool.size() < most) {
        pool.add(Fixtures.connect(Fixtures.http()));
      }
    };
  }

  private static Body replaced() {
    List<Socket> pool = new ArrayList<>();
    return n -> {
      pool.add(Fixtures.connect(Fixtures.http()));
      if (pool.size() > 1) {
        pool.remove(0).close();
      }
    };
  }

  private static Body fileCache() {
    List<FileInputStream> cache = new ArrayList<>();
    return n -> {
      if (cache.size() < 20) {
        cache.add(new FileInputStream(file()));
      }
    };
  }
}
