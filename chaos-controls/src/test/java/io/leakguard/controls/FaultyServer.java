package io.leakguard.controls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An upstream on a raw server socket; its threads are named {@code upstream-...}. */
final class FaultyServer implements AutoCloseable {

  enum Mode {
    OK("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", false),
    NOT_FOUND("HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n", false),
    SERVER_ERROR("HTTP/1.1 503 X\r\nContent-Length: 65536\r\n\r\n" + "x".repeat(65536), false),
    CUT("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", true),
    STALL("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", false),
    HANG("", false),
    CLOSE("", true);

    private final String answer;
    private final boolean closes;

    Mode(String answer, boolean closes) {
      this.answer = answer;
      this.closes = closes;
    }
  }

  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private final Thread acceptor;
  private volatile Mode mode = Mode.OK;

  FaultyServer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    acceptor = start("upstream-accept", this::acceptAll);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
  }

  void become(Mode mode) {
    this.mode = mode;
  }

  /**
   * Ends the open connections too, since a later server may get the same port. The kernel goes on
   * listening for as long as the acceptor is inside its call.
   */
  @Override
  public void close() throws IOException {
    server.close();
    join(acceptor);
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void acceptAll() throws IOException {
    while (!server.isClosed()) {
      Socket connection = server.accept();
      connections.add(connection);
      start("upstream-" + connection.getPort(), () -> serve(connection));
    }
  }

  private void serve(Socket connection) throws IOException {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = connection.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isEmpty()) {
          continue;
        }
        out.write(mode.answer.getBytes(StandardCharsets.US_ASCII));
        if (mode.closes) {
          return;
        }
      }
    } finally {
      connections.remove(connection);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static Thread start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The peer or the test has closed the socket: that ends this thread.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
