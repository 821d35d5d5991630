package io.leakguard.gauntlet;

import com.amazonaws.services.lambda.runtime.Context;
import io.leakguard.gauntlet.fixture.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the JVM of a trial as the managed runtime would, and collects what it prints. */
final class ChildJvm {
  static final String FUNCTION = "gauntlet";
  static final int MEMORY_MB = 512;

  static final Duration LIMIT = Duration.ofSeconds(60);

  private final Map<String, Integer> ports;
  private final String classPath;
  private final Path outputs;

  /**
   * Prepares runs.
   *
   * @param ports of the fixtures, by name
   * @param classPath of the child
   * @param outputs the folder for what the children print
   */
  ChildJvm(Map<String, Integer> ports, String classPath, Path outputs) {
    this.ports = ports;
    this.classPath = classPath;
    this.outputs = outputs;
  }

  /** Runs a trial to its end, or to the time limit; never throws for what the child does. */
  Observation run(Trial trial) throws InterruptedException {
    try {
      Path folder = Files.createDirectories(outputs.resolve(trial.column()));
      String file = trial.what().name().replace('/', '.');
      Path out = folder.resolve(file + ".out");
      Path err = folder.resolve(file + ".err");
      Process child = start(trial, out, err);
      boolean ended = child.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        child.destroyForcibly().waitFor();
      }
      return GuardOutput.read(lines(out), ended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start(Trial trial, Path out, Path err) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(trial));
    builder.environment().keySet().removeIf(name -> name.matches("(LEAKGUARD|AWS|JAVA|JDK)_.*"));
    builder.environment().putAll(environment());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process child = builder.start();
    child.getOutputStream().close();
    return child;
  }

  private List<String> command(Trial trial) {
    List<String> command = new ArrayList<>();
    command.add(trial.jdk().java());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx400m",
            "-Djava.util.prefs.userRoot=" + outputs,
            "-Dgauntlet.jar=" + ownJar()));
    ports.forEach((name, port) -> command.add("-D" + Fixtures.PROPERTY + name + "=" + port));
    command.addAll(List.of("-cp", classPath, Child.class.getName()));
    command.addAll(List.of(trial.what().name(), String.valueOf(trial.invocations())));
    return command;
  }

  /** Some jar: a case wants to open one. */
  private static String ownJar() {
    return Path.of(
            URI.create(
                String.valueOf(Context.class.getProtectionDomain().getCodeSource().getLocation())))
        .toString();
  }

  private static Map<String, String> environment() {
    return Map.of(
        "AWS_EMF_ENVIRONMENT", "Lambda",
        "AWS_LAMBDA_FUNCTION_NAME", FUNCTION,
        "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(MEMORY_MB),
        "AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + FUNCTION,
        "AWS_LAMBDA_LOG_STREAM_NAME", "gauntlet",
        "AWS_REGION", "us-east-1",
        "AWS_ACCESS_KEY_ID", "none",
        "AWS_SECRET_ACCESS_KEY", "none",
        "AWS_EC2_METADATA_DISABLED", "true");
  }

  private static List<String> lines(Path file) throws IOException {
    // Not readAllLines: what a case prints need not be UTF-8.
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }
}
