package io.leakguard.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A driver in a JVM of its own, spoken to as an outsider does. */
final class DriverProcess implements AutoCloseable {
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  private DriverProcess(Process process) {
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  static DriverProcess start(Path folder, String... jvmArguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    line.addAll(List.of(jvmArguments));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(Driver.class.getName(), folder.toString()));
    return new DriverProcess(
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Sends a command made of keys and values, and waits for its answer. */
  String run(String simulation, String... settings) throws IOException {
    StringBuilder line = new StringBuilder("simulation=").append(simulation);
    for (int i = 0; i < settings.length; i += 2) {
      line.append('&').append(settings[i]).append('=');
      line.append(URLEncoder.encode(settings[i + 1], StandardCharsets.UTF_8));
    }
    send(line.toString());
    return answers.readLine();
  }

  String answerTo(String line) throws IOException {
    send(line);
    return answers.readLine();
  }

  void send(String line) throws IOException {
    commands.write(line + "\n");
    commands.flush();
  }

  void closeInput() throws IOException {
    commands.close();
  }

  String readAnswer() throws IOException {
    return answers.readLine();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the driver did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
