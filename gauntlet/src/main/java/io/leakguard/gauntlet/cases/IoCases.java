package io.leakguard.gauntlet.cases;

import static io.leakguard.gauntlet.cases.Threads.start;

import io.leakguard.gauntlet.fixture.Fixtures;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A thread per invocation that waits for a peer. */
final class IoCases {
  private IoCases() {}

  static void addTo(Cases cases) {
    sockets(cases);
    channels(cases);
    pipes(cases);
    right(cases);
  }

  private static void sockets(Cases cases) {
    cases.leak("socket-read", n -> start(IoCases::read));
    cases.leak("socket-read-with-long-time-out", n -> start(IoCases::readWithTimeout));
    cases.leak("socket-connect", n -> start(IoCases::connect));
    cases.leak("socket-write", n -> start(IoCases::write));
    cases.leak("socket-accept", n -> start(IoCases::accept));
    cases.leak("datagram-receive", n -> start(IoCases::receive));
    cases.leak("url-connection", n -> start(IoCases::get));
  }

  private static void channels(Cases cases) {
    cases.leak("channel-read", n -> start(IoCases::readChannel));
    cases.leak("channel-write", n -> start(IoCases::writeChannel));
    cases.leak("channel-accept", n -> start(IoCases::acceptChannel));
    cases.leak("channel-datagram", n -> start(IoCases::receiveChannel));
    cases.leak("selector", n -> start(IoCases::select));
    cases.leak("pipe-channel", n -> start(IoCases::readPipeChannel));
  }

  private static void pipes(Cases cases) {
    cases.leak("piped-stream-read", n -> start(IoCases::readPipe));
    cases.leak("piped-stream-write", n -> start(IoCases::writePipe));
    cases.leak("process-wait", n -> start(IoCases::waitForProcess));
    cases.leak("process-output", n -> start(IoCases::readProcess));
  }

  private static void right(Cases cases) {
    cases.right("request-joined", n -> start(() -> Http.get("/price")).join());
    cases.right("url-connection-kept-alive", n -> Http.get("/price"));
    cases.right("url-connection-of-five", n -> five());
    cases.right("read-times-out", n -> start(IoCases::readUntilTimeout).join());
    cases.right("process-waited-for", n -> runProcess());
    cases.right("acceptor-static", IoCases::staticAcceptor);
    cases.right("selector-lazy", IoCases::lazySelector);
  }

  private static void read() throws IOException {
    try (Socket socket = Fixtures.connect(Fixtures.silent())) {
      socket.getInputStream().read();
    }
  }

  private static void readWithTimeout() throws IOException {
    try (Socket socket = Fixtures.connect(Fixtures.silent())) {
      socket.setSoTimeout(600_000);
      socket.getInputStream().read();
    }
  }

  private static void readUntilTimeout() throws IOException {
    try (Socket socket = Fixtures.connect(Fixtures.silent())) {
      socket.setSoTimeout(5);
      socket.getInputStream().read();
    } catch (SocketTimeoutException e) {
      System.out.println("no answer in time");
    }
  }

  private static void connect() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(Fixtures.address(Fixtures.full()));
    }
  }

  private static void write() throws IOException {
    byte[] order = new byte[1 << 16];
    try (Socket socket = Fixtures.connect(Fixtures.silent())) {
      OutputStream out = socket.getOutputStream();
      while (!socket.isClosed()) {
        out.write(order);
      }
    }
  }

  private static void accept() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      server.accept().close();
    }
  }

  private static void receive() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      socket.receive(new DatagramPacket(new byte[1], 1));
    }
  }

  private static void get() throws IOException {
    Http.get("/slow");
  }

  private static void readChannel() throws IOException {
    try (SocketChannel channel = SocketChannel.open(Fixtures.address(Fixtures.silent()))) {
      channel.read(ByteBuffer.allocate(1));
    }
  }

  private static void writeChannel() throws IOException {
    try (SocketChannel channel = SocketChannel.open(Fixtures.address(Fixtures.silent()))) {
      while (channel.isOpen()) {
        channel.write(ByteBuffer.allocate(1 << 16));
      }
    }
  }

  private static void acceptChannel() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(Fixtures.address(0));
      server.accept().close();
    }
  }

  private static void receiveChannel() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.bind(Fixtures.address(0));
      channel.receive(ByteBuffer.allocate(1));
    }
  }

  private static void select() throws IOException {
    try (Selector selector = Selector.open()) {
      while (selector.isOpen()) {
        selector.select();
      }
    }
  }

  private static void readPipeChannel() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      if (sink.isOpen()) {
        source.read(ByteBuffer.allocate(1));
      }
    }
  }

  private static void readPipe() throws IOException {
    try (PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out)) {
      in.read();
    }
  }

  private static void writePipe() throws IOException {
    try (PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out, 10)) {
      out.write(new byte[100 + in.available()]);
    }
  }

  /** {@code cat} ends with its input: at the latest with this process. */
  private static Process cat() throws IOException {
    return new ProcessBuilder("cat").start();
  }

  private static void waitForProcess() throws IOException, InterruptedException {
    cat().waitFor();
  }

  private static void readProcess() throws IOException {
    cat().getInputStream().read();
  }

  private static void runProcess() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
  }

  private static void five() throws InterruptedException {
    Thread[] threads = new Thread[5];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = start(() -> Http.get("/price"));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Body staticAcceptor() {
    start("acceptor", IoCases::accept);
    return n -> {};
  }

  private static Body lazySelector() {
    Lazy<Thread> selecting = Lazy.of(() -> start("event-loop", IoCases::select));
    return n -> selecting.get();
  }
}
