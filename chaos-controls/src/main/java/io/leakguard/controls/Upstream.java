package io.leakguard.controls;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** One GET that leaves nothing behind, whatever the upstream does. */
final class Upstream {

  private static final String VARIABLE = "UPSTREAM_URL";
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  static {
    // How many KiB of an unread rest HttpURLConnection still waits for. By default 512, and then up
    // to ten connections whose body stalled stay open for five seconds each.
    System.setProperty("http.KeepAlive.remainingData", "0");
  }

  private final URI uri;
  private final Duration timeout;

  Upstream(URI uri) {
    this(uri, TIMEOUT);
  }

  Upstream(URI uri, Duration timeout) {
    this.uri = uri;
    this.timeout = timeout;
  }

  static Upstream fromEnvironment() {
    String url = System.getenv(VARIABLE);
    if (url == null || !url.startsWith("http")) {
      throw new IllegalStateException(
          VARIABLE + " must be an http or https address, but was " + url);
    }
    return new Upstream(URI.create(url));
  }

  /** The answer's status; the body is read to its end. */
  int get() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    try {
      int status = connection.getResponseCode();
      long length =
          readToEnd(status < 400 ? connection.getInputStream() : connection.getErrorStream());
      requireWhole(length, connection.getContentLengthLong());
      return status;
    } catch (IOException e) {
      connection.disconnect();
      throw e;
    }
  }

  private long readToEnd(InputStream body) throws IOException {
    if (body == null) {
      return 0;
    }
    long end = System.nanoTime() + timeout.toNanos();
    long length = 0;
    byte[] buffer = new byte[8192];
    try (body) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        length += n;
        // A dripping body never runs into the read timeout.
        if (System.nanoTime() - end > 0) {
          throw new IOException("body not complete after " + timeout.toMillis() + " ms");
        }
      }
    }
    return length;
  }

  /** On JDK 17 HttpURLConnection takes a connection cut in the body for the end of the body. */
  private static void requireWhole(long length, long announced) throws IOException {
    if (announced > length) {
      throw new IOException("body ended after " + length + " of " + announced + " bytes");
    }
  }
}
