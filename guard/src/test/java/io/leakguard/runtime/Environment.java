package io.leakguard.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** One execution environment: the real runtime client with a handler in a JVM of its own. */
final class Environment implements AutoCloseable {
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";
  private static final String DOCUMENT = "{\"_aws\"";
  private static final int MOST_SECONDS = 30;

  private final RuntimeApi api = new RuntimeApi();
  private final Path printed;
  private final Process process;
  private int invocations;

  /**
   * Starts the JVM, with the flags of the managed runtime.
   *
   * @param variables added to the few that the runtime client needs
   */
  Environment(TaskRoot root, String handler, Map<String, String> variables) throws IOException {
    printed = Files.createTempFile(root.folder().getParent(), "printed", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command(root, handler));
    builder.directory(root.folder().toFile());
    builder.environment().clear();
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "orders");
    builder.environment().put("AWS_LAMBDA_FUNCTION_VERSION", "7");
    builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    builder.environment().put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/orders");
    builder.environment().put("AWS_LAMBDA_LOG_STREAM_NAME", "2026/01/01/[7]0");
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true).redirectOutput(printed.toFile());
    process = builder.start();
  }

  private static List<String> command(TaskRoot root, String handler) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx128m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-D" + CLIENT + "runtimeapi.NativeClient.JNI=" + root.jni());
    command.add("-cp");
    command.add(root.runtimeClassPath());
    command.add(CLIENT + "AWSLambda");
    command.add(handler);
    return command;
  }

  /** Invokes with a request id of its own and waits for the answer. */
  Answer invoke(String body) {
    return await(send(body));
  }

  /** Invokes and waits for the answer. */
  Answer invoke(Event event) {
    return await(api.invoke(event));
  }

  /** Sends an event; it is answered when a lane has taken it. */
  CompletableFuture<Answer> send(String body) {
    return api.invoke(Event.of("request-" + ++invocations, body));
  }

  Answer initError() {
    return await(api.initError());
  }

  /** Waits until the snapshot could be taken. */
  void readyForSnapshot() {
    await(api.readyForSnapshot());
  }

  /** Goes on as restored from the snapshot. */
  void restore() {
    api.restore();
  }

  /** Waits for something that the JVM is about to do; it fails if the JVM ends before. */
  <T> T await(CompletableFuture<T> future) {
    process.onExit().thenRun(() -> late(future));
    try {
      return future.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("no answer; the JVM printed:\n" + printed(), e);
    }
  }

  private static void late(CompletableFuture<?> future) {
    future.completeExceptionally(new IllegalStateException("the JVM has ended"));
  }

  /** Waits for the JVM's own end and returns its exit status. */
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the JVM goes on; it printed:\n" + printed());
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until so many lanes ask for the next event and returns all that the JVM printed. */
  String printedWhenIdle(int lanes) throws InterruptedException {
    if (!api.awaitIdle(lanes, Duration.ofSeconds(MOST_SECONDS))) {
      throw new IllegalStateException("not idle; the JVM printed:\n" + printed());
    }
    return printed();
  }

  /** Waits until the JVM has printed something, also where it asks for no event any more. */
  void awaitPrinted(String text) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!printed().contains(text)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not printed: " + text + "; but:\n" + printed());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** Returns all that the JVM has printed so far. */
  String printed() {
    try {
      return Files.readString(printed, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the metric documents printed so far, a line each. */
  List<String> documents() {
    // The runtime client's logger ends no line in the text format.
    return printed()
        .lines()
        .filter(line -> line.contains(DOCUMENT))
        .map(line -> line.substring(line.indexOf(DOCUMENT)))
        .toList();
  }

  /** Says whether a line is what each guarded environment writes once. */
  static boolean isSignOfLife(String line) {
    return line.contains("{\"leakguard\"");
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    api.close();
  }
}
