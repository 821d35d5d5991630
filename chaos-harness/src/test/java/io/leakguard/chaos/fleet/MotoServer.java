package io.leakguard.chaos.fleet;

import io.leakguard.chaos.process.Ports;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** moto, a local AWS API, from PyPI; where it is not installed tests are skipped. */
final class MotoServer implements AutoCloseable {
  static final String MISSING =
      "no moto: name its server in LEAKGUARD_MOTO, or have moto_server on the PATH"
          + " (pip install 'moto[server]')";
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final String address;

  private MotoServer(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Starts one, if it is installed; its output goes to a file in the folder. */
  static Optional<MotoServer> start(Path folder) throws IOException, InterruptedException {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      return Optional.empty();
    }
    int port = Ports.free();
    Process process =
        new ProcessBuilder(program.get().toString(), "-H", "127.0.0.1", "-p", String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("moto.log").toFile())
            .start();
    MotoServer server = new MotoServer(process, "http://127.0.0.1:" + port);
    server.awaitAnswer();
    return Optional.of(server);
  }

  private static Optional<Path> program() {
    String named = System.getenv("LEAKGUARD_MOTO");
    Stream<Path> candidates =
        named == null
            ? Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "moto_server"))
            : Stream.of(Path.of(named));
    return candidates.filter(Files::isExecutable).findFirst();
  }

  String address() {
    return address;
  }

  private void awaitAnswer() throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        request("GET", "/moto-api/data.json", "");
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
    close();
    throw new IllegalStateException("moto does not answer");
  }

  /** A request without a signature, for what the SDK has no client of. */
  String request(String method, String path, String form) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request")
            .method(method, HttpRequest.BodyPublishers.ofString(form))
            .timeout(START)
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(method + " " + path + ": " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
