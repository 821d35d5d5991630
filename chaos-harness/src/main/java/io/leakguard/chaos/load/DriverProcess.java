package io.leakguard.chaos.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lines to and from the driver's JVM, without ever waiting for it unboundedly. */
final class DriverProcess implements AutoCloseable {
  private static final Duration TIME_TO_END = Duration.ofSeconds(5);

  private final Process process;
  private final BufferedWriter commands;
  private final Thread errorReader;

  /** An empty element is the end of the output. */
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  private volatile String lastError = "";

  DriverProcess(Process process) {
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    readInBackground(
        "load-driver-answers",
        process.inputReader(StandardCharsets.UTF_8),
        line -> answers.add(Optional.of(line)),
        () -> answers.add(Optional.empty()));
    this.errorReader =
        readInBackground(
            "load-driver-errors",
            process.errorReader(StandardCharsets.UTF_8),
            this::rememberError,
            () -> {});
  }

  private void rememberError(String line) {
    String words = line.strip();
    // Of a stack trace the last cause says most.
    if (!words.isEmpty() && !words.startsWith("at ") && !words.startsWith("... ")) {
      lastError = words;
    }
  }

  private static Thread readInBackground(
      String name, BufferedReader reader, Consumer<String> eachLine, Runnable atEnd) {
    Thread thread = new Thread(() -> readAll(reader, eachLine, atEnd), name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void readAll(BufferedReader reader, Consumer<String> eachLine, Runnable atEnd) {
    try (reader) {
      reader.lines().forEach(eachLine);
    } catch (IOException | UncheckedIOException e) {
      // A pipe that breaks has ended too; why the process ended is said by its exit code and last
      // error.
    } finally {
      atEnd.run();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Sends a line and waits for the answer.
   *
   * @throws LoadException if the process has ended, or does not answer in time and is killed for it
   */
  String ask(String line, Duration patience) throws LoadException, InterruptedException {
    send(line);
    Optional<String> answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (answer == null) {
      process.destroyForcibly().waitFor(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS);
      throw new LoadException(
          "the load driver gave no answer within " + patience.toMillis() + " ms" + lastError());
    }
    if (answer.isEmpty()) {
      answers.add(answer);
      throw ended();
    }
    return answer.get();
  }

  private void send(String line) throws LoadException, InterruptedException {
    try {
      commands.write(line + "\n");
      commands.flush();
    } catch (IOException e) {
      throw ended();
    }
  }

  private LoadException ended() throws InterruptedException {
    boolean exited = process.waitFor(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS);
    errorReader.join(TIME_TO_END.toMillis());
    String how = exited ? "ended with exit code " + process.exitValue() : "closed its output";
    return new LoadException("the load driver " + how + lastError());
  }

  private String lastError() {
    return lastError.isEmpty() ? "" : ": " + lastError;
  }

  /** Ends the process by closing its input, or by force if that does not help. */
  @Override
  public void close() {
    try {
      commands.close();
    } catch (IOException e) {
      // Its end of the pipe is gone already.
    }
    try {
      if (!process.waitFor(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
