package io.leakguard.example;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks the inventory service. Thread-safe, owns no thread, and holds no connection past a failure:
 * every wait has a timeout, every body is read to its end, and a connection that failed is closed.
 *
 * <p>It stands on {@link HttpURLConnection} because {@code java.net.http} has no timeout for a body
 * that stalls (its request timeout ends with the headers up to Java 25).
 */
final class InventoryClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(250);
  private static final Duration READ_TIMEOUT = Duration.ofMillis(500);
  private static final int MAX_BODY_BYTES = 1 << 20;

  static {
    // How many KiB of an unread rest HttpURLConnection still waits for. By default 512, and then up
    // to ten connections whose body stalled stay open for five seconds each.
    System.setProperty("http.KeepAlive.remainingData", "0");
  }

  private final URI base;
  private final Duration readTimeout;

  InventoryClient(URI base) {
    this(base, READ_TIMEOUT);
  }

  InventoryClient(URI base, Duration readTimeout) {
    this.base = base;
    this.readTimeout = readTimeout;
  }

  /** Whether every line of the order is in stock. */
  boolean covers(Order order, Deadline deadline) throws IOException {
    for (Order.Line line : order.lines()) {
      if (!line.isCoveredBy(stock(line.sku(), deadline))) {
        return false;
      }
    }
    return true;
  }

  Stock stock(String sku, Deadline deadline) throws IOException {
    HttpURLConnection connection = open(sku, deadline);
    try {
      int status = connection.getResponseCode();
      String body = readToEnd(connection, status, deadline);
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("inventory answered " + status + " for " + sku);
      }
      return Stock.parse(body);
    } catch (IOException e) {
      connection.disconnect();
      throw e;
    }
  }

  private HttpURLConnection open(String sku, Deadline deadline) throws IOException {
    URI uri = InventoryAddress.stockOf(base, sku);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(deadline.millisLeft(CONNECT_TIMEOUT));
    connection.setReadTimeout(deadline.millisLeft(readTimeout));
    return connection;
  }

  private static String readToEnd(HttpURLConnection connection, int status, Deadline deadline)
      throws IOException {
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      byte[] bytes = body == null ? new byte[0] : readToEnd(body, deadline);
      requireWhole(bytes.length, connection.getContentLengthLong());
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The read timeout starts anew with every byte, so a body that drips needs the deadline too. */
  private static byte[] readToEnd(InputStream body, Deadline deadline) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      bytes.write(buffer, 0, n);
      if (bytes.size() > MAX_BODY_BYTES) {
        throw new IOException("inventory sent more than " + MAX_BODY_BYTES + " bytes");
      }
      deadline.check();
    }
    return bytes.toByteArray();
  }

  /** On JDK 17 HttpURLConnection takes a connection cut in the body for the end of the body. */
  private static void requireWhole(long length, long announced) throws IOException {
    if (announced > length) {
      throw new IOException(
          "inventory's body ended after " + length + " of " + announced + " bytes");
    }
  }
}
