package io.leakguard;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** An execution environment of its own: invokes code under a guard and reads what it reports. */
final class Invoker {
  private static final ObjectMapper JSON = new ObjectMapper();

  final FakeHost host;
  final List<FakeContext> contexts = new ArrayList<>();
  private final RequestHandler<Runnable, String> handler;
  private int documentsRead;

  Invoker() {
    this(new FakeHost());
  }

  Invoker(FakeHost host, IgnoreRule... rules) {
    this.host = host;
    this.handler =
        LeakGuard.builder()
            .host(host)
            .monitor(new LeakMonitor())
            .ignore(rules)
            .build()
            .wrap(
                (body, context) -> {
                  body.run();
                  return "done";
                });
  }

  /** Runs one invocation; its request id is {@code request-1}, then {@code request-2}, ... */
  FakeContext invoke(Runnable body) {
    FakeContext context = new FakeContext("request-" + (contexts.size() + 1));
    contexts.add(context);
    handler.handleRequest(body, context);
    return context;
  }

  FakeContext invokeIdle() {
    return invoke(() -> {});
  }

  /** Returns the documents that were written since the last call. */
  List<JsonNode> documents() {
    List<JsonNode> documents = new ArrayList<>();
    List<String> lines = host.lines();
    for (String line : lines.subList(documentsRead, lines.size())) {
      try {
        documents.add(JSON.readTree(line));
      } catch (java.io.IOException e) {
        throw new UncheckedIOException("not JSON: " + line, e);
      }
    }
    documentsRead = lines.size();
    return documents;
  }

  /** Returns the verdicts of the documents since the last call; "gauges" for one without. */
  List<String> verdicts() {
    return documents().stream().map(d -> d.path("verdict").asText("gauges")).toList();
  }
}
