package io.leakguard.chaos.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Toxiproxy says its proxies have received from clients. It counts a connection when it is
 * closed, and only when the server was started with {@code -proxy-metrics}.
 */
final class CarriedBytes {
  private static final int PATIENCE_MILLIS = 5_000;

  private static final Pattern LINE =
      Pattern.compile(
          "toxiproxy_proxy_received_bytes_total\\{direction=\"upstream\",[^}]*proxy=\"([^\"]*)\""
              + "[^}]*} ([0-9.e+]+)");

  private CarriedBytes() {}

  /**
   * Bytes by the name of the proxy.
   *
   * @throws FaultException when the server does not tell
   */
  static Map<String, Long> of(URI server) {
    try {
      // Not through a proxy of the JVM's: this is the control plane.
      HttpURLConnection connection =
          (HttpURLConnection) server.resolve("/metrics").toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try {
        if (connection.getResponseCode() != 200) {
          throw new FaultException(
              "the Toxiproxy at "
                  + server
                  + " must be started with -proxy-metrics: else nothing shows that a function is"
                  + " behind it");
        }
        try (InputStream body = connection.getInputStream()) {
          return parse(new String(body.readAllBytes(), UTF_8));
        }
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      throw new FaultException("Toxiproxy did not tell what it carried: " + e.getMessage(), e);
    }
  }

  static Map<String, Long> parse(String text) {
    Map<String, Long> bytes = new HashMap<>();
    Matcher matcher = LINE.matcher(text);
    while (matcher.find()) {
      bytes.merge(matcher.group(1), (long) Double.parseDouble(matcher.group(2)), Long::sum);
    }
    return bytes;
  }
}
