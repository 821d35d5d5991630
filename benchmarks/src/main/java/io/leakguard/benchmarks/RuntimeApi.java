package io.leakguard.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lambda's Runtime API for one environment and one event; says when its answer arrived. */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CompletableFuture<Long> answered = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean delivered;

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(ROOT + "invocation/next", this::next);
    server.createContext(ROOT, this::answer);
    server.setExecutor(workers);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Completes with {@link System#nanoTime()} of the first answer. */
  CompletableFuture<Long> answered() {
    return answered;
  }

  private void next(HttpExchange exchange) throws IOException {
    if (isSecond()) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
      return;
    }
    long deadline = System.currentTimeMillis() + 30_000;
    exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "cold-start");
    exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] event = "\"event\"".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
    exchange.close();
  }

  private synchronized boolean isSecond() {
    boolean second = delivered;
    delivered = true;
    return second;
  }

  private void answer(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
    if (path.endsWith("/response")) {
      answered.complete(now);
    } else {
      String error = new String(body, StandardCharsets.UTF_8);
      answered.completeExceptionally(new IllegalStateException(path + " was called: " + error));
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    workers.shutdownNow();
  }
}
