package io.leakguard.chaos.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.Optional;

/**
 * What a healthy upstream sends: for {@code GET /inventory/SKU} some two kilobytes of JSON, so that
 * a body can be cut; to those who send messages to SQS a receipt; to the clients of AWS services
 * that speak XML an empty element; else an empty object.
 */
final class HealthyContent {
  private static final int WAREHOUSES = 24;
  private static final byte[] EMPTY_OBJECT = "{}".getBytes(UTF_8);
  private static final byte[] EMPTY_ELEMENT =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Result></Result>".getBytes(UTF_8);

  private HealthyContent() {}

  static byte[] of(FullHttpRequest request) {
    Optional<String> ofQueue = QueueAnswer.to(request);
    if (ofQueue.isPresent()) {
      return ofQueue.get().getBytes(UTF_8);
    }
    String path = new QueryStringDecoder(request.uri()).path();
    if (path.startsWith("/inventory/")) {
      return inventory(path.substring("/inventory/".length()));
    }
    return wantsXml(request.headers()) ? EMPTY_ELEMENT : EMPTY_OBJECT;
  }

  static String typeOf(byte[] content) {
    return content.length > 0 && content[0] == '<' ? "application/xml" : "application/json";
  }

  /**
   * Whether the client is one of the AWS SDKs on a protocol that answers in XML: the query
   * protocol, which is known by its form, or that of S3, which is known by its host.
   */
  private static boolean wantsXml(HttpHeaders headers) {
    boolean signed = headers.get(HttpHeaderNames.AUTHORIZATION, "").startsWith("AWS4-");
    String host = headers.get(HttpHeaderNames.HOST, "");
    boolean form =
        headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith("application/x-www-form");
    return signed && (form || host.startsWith("s3.") || host.contains(".s3."));
  }

  private static byte[] inventory(String name) {
    String sku = name.replaceAll("[^A-Za-z0-9._-]", "_");
    StringBuilder json = new StringBuilder();
    json.append("{\"sku\":\"").append(sku).append("\",\"available\":7,\"warehouses\":[");
    for (int i = 0; i < WAREHOUSES; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"id\":\"warehouse-")
          .append(i)
          .append("\",\"available\":")
          .append(i == 0 ? 7 : 0)
          .append(",\"restock\":\"2030-01-01T00:00:00Z\"}");
    }
    return json.append("]}").toString().getBytes(UTF_8);
  }
}
