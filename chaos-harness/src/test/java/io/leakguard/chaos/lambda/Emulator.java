package io.leakguard.chaos.lambda;

import io.leakguard.chaos.process.ChildProcess;
import io.leakguard.chaos.process.Command;
import io.leakguard.chaos.process.Ports;
import io.leakguard.chaos.process.Supervisor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * AWS's Runtime Interface Emulator with one function, as {@code sam local invoke} has both in its
 * container. One call at a time: it does not survive two.
 */
final class Emulator implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ChildProcess process;
  private final URI functions;
  private final Path log;

  private Emulator(ChildProcess process, URI functions, Path log) {
    this.process = process;
    this.functions = functions;
    this.log = log;
  }

  /** The program that the SAM CLI brings; empty where no Python has the SAM CLI. */
  static Optional<Path> program() {
    String python = System.getenv().getOrDefault("LEAKGUARD_SAM_PYTHON", "python3");
    String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
    try {
      Process ask =
          new ProcessBuilder(python, "-c", "import samcli; print(samcli.__path__[0])")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String folder =
          new String(ask.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return Optional.of(Path.of(folder, "local", "rapid", "aws-lambda-rie-" + architecture))
          .filter(Files::isExecutable);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Starts it for a function; the function's JVM is started by the first event.
   *
   * @param before a program with its arguments that starts the emulator; empty for none
   */
  static Emulator start(
      Path program,
      List<String> before,
      FunctionConfig config,
      JavaInstallation java,
      Supervisor supervisor)
      throws IOException {
    Path folder = Files.createTempDirectory(supervisor.scratch(), "emulator-");
    Path log = folder.resolve("log");
    int port = Ports.free();
    Command runtime = runtime(config, java, folder);
    List<String> line = new ArrayList<>(before);
    line.addAll(List.of("/bin/sh", "-c", "exec \"$@\" >\"$0\" 2>&1", log.toString()));
    line.add(program.toString());
    line.addAll(List.of("--log-level", "error"));
    line.addAll(List.of("--runtime-interface-emulator-address", "127.0.0.1:" + port));
    line.addAll(List.of("--runtime-api-address", "127.0.0.1:" + Ports.free()));
    line.add(bootstrap(folder, runtime.arguments()).toString());
    line.add(config.handler());
    ChildProcess process =
        supervisor.spawn(
            new Command(line, environment(runtime), config.taskRoot(), Command.Streams.NONE));
    URI functions = URI.create("http://127.0.0.1:" + port + "/2015-03-31/functions/");
    return new Emulator(process, functions, log);
  }

  /** What the managed runtime would run. */
  private static Command runtime(FunctionConfig config, JavaInstallation java, Path folder) {
    RuntimeClient client = RuntimeClient.in(Path.of("target/runtime"));
    return new ChildCommand(java, client, client.extractNativeLibrary(folder))
        .command(config, FunctionOptions.DEFAULT, new EnvironmentId("F", 1), 0, folder);
  }

  /** The managed runtime's bootstrap: the wrapper, if there is one, gets the command. */
  private static Path bootstrap(Path folder, List<String> command) throws IOException {
    String quoted =
        command.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    Path file = folder.resolve("bootstrap");
    Files.writeString(file, "#!/bin/sh\nexec $AWS_LAMBDA_EXEC_WRAPPER " + quoted + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return file;
  }

  private static Map<String, String> environment(Command runtime) {
    Map<String, String> environment = new HashMap<>(runtime.environment());
    // The emulator's own to set.
    environment.remove("AWS_LAMBDA_RUNTIME_API");
    environment.remove("_LAMBDA_TELEMETRY_LOG_FD");
    return environment;
  }

  /** Invokes the function and waits for its answer. */
  String invoke(String event) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(functions.resolve("function/invocations"))
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(event))
            .build();
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      } catch (ConnectException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IOException("the emulator does not listen: " + lines(), e);
        }
        Thread.sleep(20);
      }
    }
  }

  /** What the function and the emulator have written. */
  List<String> lines() throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  @Override
  public void close() {
    process.kill();
  }
}
