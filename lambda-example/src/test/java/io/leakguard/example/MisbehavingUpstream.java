package io.leakguard.example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An inventory service on a raw server socket that fails in the way it is told to. Keeps
 * connections alive, as real services do. Its threads are named {@code upstream-...}.
 */
final class MisbehavingUpstream implements AutoCloseable {

  enum Fault {
    NONE,
    REFUSED,
    SLOW,
    HANG,
    RESET,
    CUT_BODY,
    STALLED_BODY,
    STALLED_CHUNKED_BODY,
    DRIPPING_BODY,
    ERROR_WITH_64_KB_BODY,
    ERROR_WITHOUT_BODY,
    NOT_JSON,
    CLOSED_AFTER_ANSWER
  }

  private static final int SLOW_MILLIS = 3_000;
  private static final int DRIP_MILLIS = 30;

  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final ServerSocket server;
  private final Thread acceptor;
  private volatile Fault fault = Fault.NONE;

  MisbehavingUpstream() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    acceptor = start("upstream-accept", this::acceptAll);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    return server.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  /** From the next request on; {@code REFUSED} also ends what is open, as a redeploy does. */
  void failWith(Fault fault) throws IOException {
    this.fault = fault;
    if (fault == Fault.REFUSED) {
      close();
    }
  }

  /** Answers again, and lets go of every connection that was waiting. */
  void heal() throws IOException {
    fault = Fault.NONE;
    closeConnections();
  }

  /** The kernel goes on listening for as long as the acceptor is inside its call. */
  @Override
  public void close() throws IOException {
    server.close();
    join(acceptor);
    closeConnections();
  }

  private void closeConnections() throws IOException {
    for (Socket connection : connections) {
      connection.close();
    }
    connections.clear();
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
      while (readRequest(in) && answer(connection)) {
        requests.incrementAndGet();
      }
    } finally {
      connections.remove(connection);
    }
  }

  private static boolean readRequest(BufferedReader in) throws IOException {
    String line = in.readLine();
    while (line != null && !line.isEmpty()) {
      line = in.readLine();
    }
    return line != null;
  }

  /** Whether the connection stays open for another request. */
  private boolean answer(Socket connection) throws IOException {
    OutputStream out = connection.getOutputStream();
    switch (fault) {
      case NONE -> send(out, 200, body());
      case SLOW -> {
        pause(SLOW_MILLIS);
        send(out, 200, body());
      }
      case HANG -> waitForPeer(connection);
      case RESET -> {
        connection.setSoLinger(true, 0);
        return false;
      }
      case CUT_BODY -> {
        send(out, head(200, 2_048) + body().substring(0, 700));
        return false;
      }
      case STALLED_BODY -> {
        send(out, head(200, 2_048) + body().substring(0, 700));
        waitForPeer(connection);
      }
      case STALLED_CHUNKED_BODY -> {
        send(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{\"sku\":");
        waitForPeer(connection);
      }
      case DRIPPING_BODY -> drip(out);
      case ERROR_WITH_64_KB_BODY -> send(out, 503, "x".repeat(64 * 1_024));
      case ERROR_WITHOUT_BODY -> send(out, 503, "");
      case NOT_JSON -> send(out, 200, "<html>".repeat(100));
      case CLOSED_AFTER_ANSWER -> {
        send(out, 200, body());
        return false;
      }
      case REFUSED -> {
        return false;
      }
    }
    return true;
  }

  private static void drip(OutputStream out) throws IOException {
    send(out, head(200, body().length()));
    for (char c : body().toCharArray()) {
      pause(DRIP_MILLIS);
      send(out, String.valueOf(c));
    }
  }

  private static void send(OutputStream out, int status, String body) throws IOException {
    send(out, head(status, body.length()) + body);
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String head(int status, int length) {
    return "HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private static String body() {
    return "{\"sku\":\"A-1\",\"available\":7,\"note\":\"" + "n".repeat(2_000) + "\"}";
  }

  private static void waitForPeer(Socket connection) throws IOException {
    while (connection.getInputStream().read() >= 0) {
      // Whatever comes is not answered.
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
              } catch (IOException | UncheckedIOException e) {
                // The peer or the test has closed the socket: that ends this thread.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
