package io.leakguard.chaos.staging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/**
 * DescribeAlarms of CloudWatch. The SDK speaks CBOR with it, which moto does not (5.2.5): POST
 * /service/GraniteServiceVersion20100801/operation/DescribeAlarms.
 */
public final class AlarmServer implements AutoCloseable {
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile boolean broken;

  public AlarmServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public void set(String alarm, String state) {
    states.put(alarm, state);
  }

  public void clear() {
    states.clear();
  }

  /** Answers with 403 from now on, as when a permission is taken away. */
  public void breakDown() {
    broken = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      // Text stands in CBOR as it is.
      String request = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
      boolean asked = exchange.getRequestURI().getPath().endsWith("/operation/DescribeAlarms");
      byte[] body = asked && !broken ? alarms(request) : new byte[0];
      exchange.getResponseHeaders().add("smithy-protocol", "rpc-v2-cbor");
      exchange.getResponseHeaders().add("Content-Type", "application/cbor");
      exchange.sendResponseHeaders(
          broken ? 403 : asked ? 200 : 404, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private byte[] alarms(String request) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator cbor = new CBORFactory().createGenerator(out)) {
      cbor.writeStartObject();
      cbor.writeArrayFieldStart("MetricAlarms");
      for (Map.Entry<String, String> alarm : states.entrySet()) {
        if (request.contains(alarm.getKey())) {
          cbor.writeStartObject();
          cbor.writeStringField("AlarmName", alarm.getKey());
          cbor.writeStringField("StateValue", alarm.getValue());
          cbor.writeStringField("StateReason", "a test");
          cbor.writeEndObject();
        }
      }
      cbor.writeEndArray();
      cbor.writeArrayFieldStart("CompositeAlarms");
      cbor.writeEndArray();
      cbor.writeEndObject();
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
