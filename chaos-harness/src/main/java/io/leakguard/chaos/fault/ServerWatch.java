package io.leakguard.chaos.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Asks a server again and again whether it is there: one that stops answering carries nothing
 * either, and what waits behind it would wait until each invocation's timeout. Thread-safe.
 */
final class ServerWatch implements AutoCloseable {
  private static final byte[] REQUEST =
      "GET /version HTTP/1.1\r\nHost: leakguard\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);

  private final InetSocketAddress server;
  private final Duration every;
  private final Duration patience;
  private final Consumer<String> failed;
  private final Thread thread = new Thread(this::watch, "toxiproxy-watch");

  private ServerWatch(
      InetSocketAddress server, Duration every, Duration patience, Consumer<String> failed) {
    this.server = server;
    this.every = every;
    this.patience = patience;
    this.failed = failed;
  }

  /**
   * Watches until the server fails or the watch is closed.
   *
   * @param every how long between two questions
   * @param patience for an answer
   * @param failed told once, in words
   */
  static ServerWatch start(
      InetSocketAddress server, Duration every, Duration patience, Consumer<String> failed) {
    ServerWatch watch = new ServerWatch(server, every, patience, failed);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(every.toMillis());
        ask();
      }
    } catch (SocketTimeoutException e) {
      tell("the toxiproxy server stopped answering: nothing within " + patience.toSeconds() + " s");
    } catch (IOException e) {
      tell("the toxiproxy server is gone: " + e.getMessage());
    } catch (InterruptedException e) {
      // The watch was closed.
      Thread.currentThread().interrupt();
    }
  }

  private void ask() throws IOException {
    int millis = (int) patience.toMillis();
    try (Socket socket = new Socket()) {
      socket.connect(server, millis);
      socket.setSoTimeout(millis);
      socket.getOutputStream().write(REQUEST);
      if (socket.getInputStream().read() < 0) {
        throw new IOException("it closed the connection without a byte");
      }
    }
  }

  private void tell(String failure) {
    // The end of the server comes after that of its watch.
    if (!thread.isInterrupted()) {
      failed.accept(failure);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
