package io.leakguard.chaos.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** A server, an upstream in the hands of the test, and what a client sees. */
abstract class ProxyFixture {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static final Duration PATIENCE = Duration.ofSeconds(10);

  @Parameter Implementation implementation;

  private Implementation.Server server;
  private final List<AutoCloseable> open = new ArrayList<>();
  ServerSocket upstream;

  @BeforeEach
  void startServer() throws IOException {
    server = implementation.start();
    upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    upstream.setSoTimeout((int) PATIENCE.toMillis());
  }

  @AfterEach
  void stopServer() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    upstream.close();
    endServer();
  }

  void endServer() {
    if (server != null) {
      server.end().run();
      server = null;
    }
  }

  /** An answer of the API. */
  record Answer(int status, String body) {
    JsonElement json() {
      return JsonParser.parseString(body);
    }

    String field(String name) {
      return json().getAsJsonObject().get(name).getAsString();
    }
  }

  Answer call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(server.api().resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .timeout(PATIENCE)
            .build();
    return send(request);
  }

  Answer browse(String path) {
    return send(
        HttpRequest.newBuilder(server.api().resolve(path))
            .header("User-Agent", "Mozilla/5")
            .build());
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path) {
    return call("GET", path, "");
  }

  Answer post(String path, String body) {
    return call("POST", path, body);
  }

  String upstreamAddress() {
    return "127.0.0.1:" + upstream.getLocalPort();
  }

  String definition(String name) {
    return """
    {"name": "%s", "listen": "127.0.0.1:0", "upstream": "%s"}\
    """
        .formatted(name, upstreamAddress());
  }

  /** Makes the proxy "p" in front of the upstream; its port. */
  int makeProxy() {
    return port(post("/proxies", definition("p")));
  }

  static int port(Answer proxy) {
    return port(proxy.json());
  }

  static int port(JsonElement proxy) {
    String listen = ((JsonObject) proxy).get("listen").getAsString();
    assertThat(listen).startsWith("127.0.0.1:");
    return Integer.parseInt(listen.substring("127.0.0.1:".length()));
  }

  /** Adds a toxic to "p", named after its type. */
  void toxic(String type, String stream, String attributes) {
    Answer added =
        post(
            "/proxies/p/toxics",
            """
            {"name": "%s", "type": "%s", "stream": "%s", "attributes": %s}\
            """
                .formatted(type, type, stream, attributes));
    assertThat(added.status()).as(added.body()).isEqualTo(200);
  }

  void removeToxic(String name) {
    assertThat(call("DELETE", "/proxies/p/toxics/" + name, "").status()).isEqualTo(204);
  }

  /** A connection through the proxy: the client's end and the upstream's. */
  record Pair(Socket client, Socket server) {
    Socket sender(String stream) {
      return stream.equals("upstream") ? client : server;
    }

    Socket receiver(String stream) {
      return stream.equals("upstream") ? server : client;
    }
  }

  Pair connect(int port) throws IOException {
    Socket client = dial(port);
    Socket accepted = upstream.accept();
    accepted.setSoTimeout((int) PATIENCE.toMillis());
    accepted.setTcpNoDelay(true);
    open.add(accepted);
    return new Pair(client, accepted);
  }

  Socket dial(int port) throws IOException {
    Socket client = new Socket();
    open.add(client);
    client.setSoTimeout((int) PATIENCE.toMillis());
    client.setTcpNoDelay(true);
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
    return client;
  }

  static void send(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(UTF_8));
  }

  static String receive(Socket from, int length) throws IOException {
    return new String(from.getInputStream().readNBytes(length), UTF_8);
  }

  static void expectPassing(Socket from, Socket to, String text) throws IOException {
    send(from, text);
    assertThat(receive(to, text.length())).isEqualTo(text);
  }

  /** What comes next: a byte as a number, or how the stream ends. */
  static String next(Socket socket) throws IOException {
    try {
      int read = socket.getInputStream().read();
      return read < 0 ? "FIN" : Character.toString(read);
    } catch (SocketTimeoutException e) {
      return "nothing";
    } catch (SocketException e) {
      return e.getMessage().contains("reset") ? "RST" : e.toString();
    }
  }

  static String nextWithin(Socket socket, Duration time) throws IOException {
    int before = socket.getSoTimeout();
    socket.setSoTimeout((int) time.toMillis());
    try {
      return next(socket);
    } finally {
      socket.setSoTimeout(before);
    }
  }

  static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
