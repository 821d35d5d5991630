package io.leakguard.runtime;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lambda's Runtime API for one environment, with any number of lanes. */
final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String INVOCATION = ROOT + "invocation/";
  private static final int MILLIS_LEFT = 30_000;

  static {
    // The server sends head and body apart; without this each event takes 40 ms more.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
  private final CompletableFuture<Answer> initError = new CompletableFuture<>();
  private final CompletableFuture<Void> restoring = new CompletableFuture<>();
  private final CompletableFuture<Void> restored = new CompletableFuture<>();
  private final Semaphore waiting = new Semaphore(0);

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(INVOCATION + "next", this::next);
    server.createContext(INVOCATION, this::answer);
    server.createContext(ROOT + "init/error", this::initError);
    server.createContext(ROOT + "restore/next", this::restore);
    server.setExecutor(workers);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Hands an event to the next lane that asks; completes with its answer. */
  CompletableFuture<Answer> invoke(Event event) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    answers.put(event.requestId(), answer);
    events.add(event);
    return answer;
  }

  /** Completes when the initialisation failed. */
  CompletableFuture<Answer> initError() {
    return initError;
  }

  /** Completes when the environment is ready for its snapshot. */
  CompletableFuture<Void> readyForSnapshot() {
    return restoring;
  }

  /** Goes on as after the snapshot. */
  void restore() {
    restored.complete(null);
  }

  /**
   * Waits until so many lanes ask for an event: each has then written its log of the one before,
   * which it does after its answer.
   */
  boolean awaitIdle(int lanes, Duration most) throws InterruptedException {
    boolean idle = waiting.tryAcquire(lanes, most.toMillis(), TimeUnit.MILLISECONDS);
    if (idle) {
      waiting.release(lanes);
    }
    return idle;
  }

  private void next(HttpExchange exchange) throws IOException {
    Event event;
    try {
      waiting.release();
      event = events.take();
      waiting.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exchange.close();
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    long deadline = System.currentTimeMillis() + MILLIS_LEFT;
    headers.set("Lambda-Runtime-Aws-Request-Id", event.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", Event.ARN);
    headers.set("Content-Type", "application/json");
    event.headers().forEach(headers::set);
    byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().substring(INVOCATION.length()).split("/");
    Answer answer = read(exchange, path[1]);
    // Before it is completed: a test that ends now closes this server.
    reply(exchange, 202);
    CompletableFuture<Answer> waiting = answers.get(path[0]);
    if (waiting == null || !waiting.complete(answer)) {
      throw new IOException("an answer that nobody waits for: " + answer);
    }
  }

  private void initError(HttpExchange exchange) throws IOException {
    Answer answer = read(exchange, "init/error");
    reply(exchange, 202);
    initError.complete(answer);
  }

  private void restore(HttpExchange exchange) throws IOException {
    restoring.complete(null);
    restored.join();
    reply(exchange, 200);
  }

  private static Answer read(HttpExchange exchange, String kind) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    return new Answer(
        kind,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
        headers.getFirst("Lambda-Runtime-Function-Error-Type"),
        headers.getFirst("Lambda-Runtime-Function-XRay-Error-Cause"));
  }

  private static void reply(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    restored.complete(null);
    server.stop(0);
    workers.shutdownNow();
  }
}
