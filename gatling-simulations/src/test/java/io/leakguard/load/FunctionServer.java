package io.leakguard.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands for Lambda's Invoke API on a loopback port, and remembers what came in. */
final class FunctionServer implements AutoCloseable {
  record Invocation(String path, String body, int clientPort, String length, String type) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Invocation> invocations = new CopyOnWriteArrayList<>();

  FunctionServer(HttpHandler answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, answer));
    server.start();
  }

  /** Answers every invocation with this status. */
  static HttpHandler status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  private void serve(HttpExchange exchange, HttpHandler answer) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      invocations.add(
          new Invocation(
              exchange.getRequestURI().getPath(),
              new String(body, StandardCharsets.UTF_8),
              exchange.getRemoteAddress().getPort(),
              exchange.getRequestHeaders().getFirst("Content-Length"),
              exchange.getRequestHeaders().getFirst("Content-Type")));
      answer.handle(exchange);
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  List<Invocation> invocations(String path) {
    return invocations.stream().filter(invocation -> invocation.path.equals(path)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
