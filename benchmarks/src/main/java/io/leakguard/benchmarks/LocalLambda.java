package io.leakguard.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code chaos serve} with one function, as a user starts it. */
final class LocalLambda implements AutoCloseable {
  static final String FUNCTION = "Benchmarked";

  private static final String TEMPLATE =
      """
      Transform: AWS::Serverless-2016-10-31
      Resources:
        %s:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: java17
            CodeUri: task
            Handler: %s
            MemorySize: 512
            Timeout: 30
      """;

  private final Process process;
  private final InetSocketAddress address;

  private LocalLambda(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  static LocalLambda start(Path chaos, TaskRoot root, Class<?> handler, int environments)
      throws IOException, InterruptedException {
    Path template = root.folder().resolve("template.yaml");
    Files.writeString(template, TEMPLATE.formatted(FUNCTION, handler.getName()));
    Path output = root.folder().resolve("serve.log");
    Process process =
        new ProcessBuilder(
                chaos.toAbsolutePath().toString(),
                "serve",
                "--template",
                template.toString(),
                "--port",
                "0",
                "--environments",
                String.valueOf(environments))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      return new LocalLambda(process, readyAt(process, output));
    } catch (IOException | InterruptedException e) {
      process.destroy();
      throw e;
    }
  }

  /** It says {@code ready http://127.0.0.1:PORT} when it takes calls. */
  private static InetSocketAddress readyAt(Process process, Path output)
      throws IOException, InterruptedException {
    while (true) {
      boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
      for (String line : Files.readAllLines(output)) {
        if (line.startsWith("ready ")) {
          URI ready = URI.create(line.substring("ready ".length()));
          return new InetSocketAddress(InetAddress.getLoopbackAddress(), ready.getPort());
        }
      }
      if (ended) {
        throw new IOException("chaos serve ended: " + Files.readString(output));
      }
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /** Ends the harness, which ends its environments. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
