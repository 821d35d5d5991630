package io.leakguard.chaos.fleet;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The few operations of CloudWatch Logs and Lambda that the fleet uses, on loopback, with answers
 * by the small evaluator and refusals on demand. It checks no signature.
 */
public final class AwsStub implements AutoCloseable {
  private static final int PAGE = 2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final List<LogLine> lines = new ArrayList<>();
  private final Map<String, String> functions = new LinkedHashMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Deque<String>> refusals = new HashMap<>();
  private final Map<String, JsonObject> queries = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private boolean slow;

  /** Listens on a port of its own. */
  public AwsStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Its address. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Adds a function with its log group. */
  public synchronized AwsStub function(String name, String runtime, String owner) {
    functions.put(name, runtime);
    owners.put(name, owner);
    return this;
  }

  /** Adds lines to a function's log group, a millisecond apart. */
  public synchronized AwsStub lines(String function, Instant time, List<String> messages) {
    for (int i = 0; i < messages.size(); i++) {
      lines.add(new LogLine(time.plusMillis(i), "/aws/lambda/" + function, messages.get(i)));
    }
    return this;
  }

  /** Refuses the next requests of an operation. */
  public synchronized AwsStub refuse(String operation, String code, int times) {
    Deque<String> codes = refusals.computeIfAbsent(operation, name -> new ArrayDeque<>());
    for (int i = 0; i < times; i++) {
      codes.add(code);
    }
    return this;
  }

  /** From now on a query runs when it is asked for its results the first time. */
  public synchronized AwsStub slow() {
    slow = true;
    return this;
  }

  /** The operations that were asked for, in order. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String operation = target == null ? operation(exchange) : target.replaceFirst(".*\\.", "");
    try {
      String refusal = refusal(operation);
      if (refusal == null) {
        send(exchange, 200, answer(operation, exchange, body));
      } else {
        JsonObject error = new JsonObject();
        error.addProperty("__type", "com.amazonaws.logs#" + refusal);
        error.addProperty("message", "refused by the stub");
        exchange.getResponseHeaders().add("x-amzn-ErrorType", refusal);
        send(exchange, refusal.startsWith("AccessDenied") ? 403 : 400, error);
      }
    } catch (RuntimeException e) {
      JsonObject error = new JsonObject();
      error.addProperty("__type", "StubBroken");
      error.addProperty("message", operation + ": " + e);
      send(exchange, 400, error);
    }
  }

  private static String operation(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().contains("/tags/") ? "ListTags" : "ListFunctions";
  }

  private synchronized String refusal(String operation) {
    asked.add(operation);
    Deque<String> codes = refusals.get(operation);
    return codes == null ? null : codes.poll();
  }

  private static void send(HttpExchange exchange, int status, JsonObject json) throws IOException {
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized JsonObject answer(String operation, HttpExchange exchange, String body) {
    JsonObject request =
        body.isEmpty() ? new JsonObject() : JsonParser.parseString(body).getAsJsonObject();
    return switch (operation) {
      case "DescribeLogGroups" -> logGroups(request);
      case "DescribeLogStreams" -> logStreams(request);
      case "StartQuery" -> start(request);
      case "GetQueryResults" -> results(request);
      case "StopQuery" -> new JsonObject();
      case "ListFunctions" -> listFunctions(exchange);
      case "ListTags" -> tags(exchange);
      case "ListTagsForResource" -> object("tags", new JsonObject());
      default -> throw new IllegalArgumentException("no such operation");
    };
  }

  private static JsonObject object(String name, JsonElement value) {
    JsonObject object = new JsonObject();
    object.add(name, value);
    return object;
  }

  /** Two a page. */
  private JsonObject logGroups(JsonObject request) {
    String prefix = request.get("logGroupNamePrefix").getAsString();
    List<String> names =
        functions.keySet().stream()
            .map(function -> "/aws/lambda/" + function)
            .filter(name -> name.startsWith(prefix))
            .toList();
    int from = request.has("nextToken") ? request.get("nextToken").getAsInt() : 0;
    JsonArray groups = new JsonArray();
    for (String name : names.subList(from, Math.min(names.size(), from + PAGE))) {
      JsonObject group = new JsonObject();
      group.addProperty("logGroupName", name);
      group.addProperty("arn", "arn:aws:logs:eu-central-1:123456789012:log-group:" + name + ":*");
      groups.add(group);
    }
    JsonObject answer = object("logGroups", groups);
    if (from + PAGE < names.size()) {
      answer.addProperty("nextToken", String.valueOf(from + PAGE));
    }
    return answer;
  }

  private JsonObject logStreams(JsonObject request) {
    String group = request.get("logGroupName").getAsString();
    JsonArray streams = new JsonArray();
    lines.stream()
        .filter(line -> line.logGroup().equals(group))
        .map(line -> line.time().toEpochMilli())
        .max(Long::compare)
        .ifPresent(
            last -> {
              JsonObject stream = new JsonObject();
              stream.addProperty("logStreamName", "one");
              stream.addProperty("lastEventTimestamp", last);
              streams.add(stream);
            });
    return object("logStreams", streams);
  }

  private JsonObject start(JsonObject request) {
    String id = "query-" + queries.size();
    queries.put(id, request);
    JsonObject answer = new JsonObject();
    answer.addProperty("queryId", id);
    return answer;
  }

  /** Where it is slow: running when asked first. */
  private JsonObject results(JsonObject request) {
    JsonObject query = queries.get(request.get("queryId").getAsString());
    JsonObject answer = object("results", new JsonArray());
    boolean isRunning = slow && !query.has("asked");
    query.addProperty("asked", true);
    answer.addProperty("status", isRunning ? "Running" : "Complete");
    if (!isRunning) {
      List<LogLine> searched = searched(query);
      new InsightsEvaluator(searched)
          .rows(query.get("queryString").getAsString())
          .forEach(row -> answer.getAsJsonArray("results").add(row(row)));
      JsonObject statistics = new JsonObject();
      statistics.addProperty(
          "bytesScanned", searched.stream().mapToLong(line -> line.message().length()).sum());
      statistics.addProperty("recordsScanned", searched.size());
      answer.add("statistics", statistics);
    }
    return answer;
  }

  /** Both bounds are seconds, and inclusive. */
  private List<LogLine> searched(JsonObject query) {
    long start = query.get("startTime").getAsLong();
    long end = query.get("endTime").getAsLong();
    JsonArray named = query.getAsJsonArray("logGroupNames");
    return lines.stream()
        .filter(line -> line.time().getEpochSecond() >= start)
        .filter(line -> line.time().getEpochSecond() <= end)
        .filter(line -> named == null || named.toString().contains("\"" + line.logGroup() + "\""))
        .toList();
  }

  private static JsonArray row(Map<String, String> row) {
    JsonArray fields = new JsonArray();
    row.forEach(
        (name, value) -> {
          JsonObject field = new JsonObject();
          field.addProperty("field", name);
          field.addProperty("value", value);
          fields.add(field);
        });
    return fields;
  }

  /** Two a page. */
  private JsonObject listFunctions(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    int from = query == null ? 0 : Integer.parseInt(query.replaceFirst(".*Marker=", ""));
    List<String> names = List.copyOf(functions.keySet());
    JsonArray list = new JsonArray();
    for (String name : names.subList(from, Math.min(names.size(), from + PAGE))) {
      JsonObject function = new JsonObject();
      function.addProperty("FunctionName", name);
      function.addProperty(
          "FunctionArn", "arn:aws:lambda:eu-central-1:123456789012:function:" + name);
      function.addProperty("Runtime", functions.get(name));
      function.addProperty("PackageType", "Zip");
      list.add(function);
    }
    JsonObject answer = object("Functions", list);
    if (from + PAGE < names.size()) {
      answer.addProperty("NextMarker", String.valueOf(from + PAGE));
    }
    return answer;
  }

  private JsonObject tags(HttpExchange exchange) {
    String path = URLDecoder.decode(exchange.getRequestURI().getRawPath(), StandardCharsets.UTF_8);
    JsonObject tags = new JsonObject();
    String owner = owners.getOrDefault(path.replaceFirst(".*:", ""), "");
    if (!owner.isEmpty()) {
      tags.addProperty("owner", owner);
    }
    return object("Tags", tags);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
