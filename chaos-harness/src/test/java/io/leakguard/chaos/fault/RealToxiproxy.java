package io.leakguard.chaos.fault;

import io.leakguard.chaos.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The real server, as an operator runs it; a test is skipped where it cannot be had. */
public final class RealToxiproxy implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final URI address;

  private RealToxiproxy(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  public static RealToxiproxy start(String... options) throws IOException, InterruptedException {
    Map<String, String> environment = System.getenv();
    String base = environment.getOrDefault("XDG_CACHE_HOME", environment.get("HOME") + "/.cache");
    Path program;
    try {
      program = ToxiproxyBinary.acquire(Path.of(base, "leakguard"), System.err::println).program();
    } catch (FaultException e) {
      return Assumptions.abort("no real Toxiproxy: " + e.getMessage());
    }
    int port = Ports.free();
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "-host", "127.0.0.1", "-port", "" + port);
    builder.command().addAll(java.util.List.of(options));
    builder.environment().put("LOG_LEVEL", "error");
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    RealToxiproxy server =
        new RealToxiproxy(builder.start(), URI.create("http://127.0.0.1:" + port));
    for (int i = 0; i < 500 && !server.answers(); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return server;
  }

  private boolean answers() throws InterruptedException {
    try {
      return get("/version").contains("version");
    } catch (IOException e) {
      return false;
    }
  }

  public URI address() {
    return address;
  }

  public String get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  public String send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
