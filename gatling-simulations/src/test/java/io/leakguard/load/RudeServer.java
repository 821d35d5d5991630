package io.leakguard.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers a given number of requests on each connection, then drops it or falls silent on the next
 * one.
 */
final class RudeServer implements AutoCloseable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final int answersPerConnection;
  private final boolean silent;

  private RudeServer(int answersPerConnection, boolean silent) throws IOException {
    this.answersPerConnection = answersPerConnection;
    this.silent = silent;
    threads.execute(this::accept);
  }

  static RudeServer droppingAfter(int answersPerConnection) throws IOException {
    return new RudeServer(answersPerConnection, false);
  }

  static RudeServer silent() throws IOException {
    return new RudeServer(0, true);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // The server was closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (int answered = 0; readRequest(in); answered++) {
        requests.incrementAndGet();
        if (answered < answersPerConnection) {
          socket.getOutputStream().write(ANSWER);
        } else if (!silent) {
          return;
        }
      }
      ends.add("closed by the client");
    } catch (IOException e) {
      ends.add("closed by the client");
    }
  }

  /**
   * Reads head and body of a request whose body is the default event; false at the end of the
   * connection.
   */
  private static boolean readRequest(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      request.append((char) c);
      if (request.toString().endsWith("\r\n\r\n{}")) {
        return true;
      }
    }
    return false;
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  int requests() {
    return requests.get();
  }

  /** Waits until one more connection has ended; null if none does. */
  String nextEnd() throws InterruptedException {
    return ends.poll(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
