package io.leakguard.chaos.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process that is a thread of this JVM: it runs a script over its three streams and ends with its
 * exit code.
 */
final class FakeJvm extends Process {
  /** What the process does. */
  @FunctionalInterface
  interface Script {
    int run(BufferedReader in, PrintStream out, PrintStream err) throws IOException;
  }

  private final PipedInputStream in = new PipedInputStream();
  private final PipedOutputStream commands = new PipedOutputStream(in);
  private final PipedOutputStream out = new PipedOutputStream();
  private final PipedInputStream answers = new PipedInputStream(out);
  private final PipedOutputStream err = new PipedOutputStream();
  private final PipedInputStream errors = new PipedInputStream(err);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean killed;
  private volatile int exitCode;

  private FakeJvm(Script script) throws IOException {
    thread = new Thread(() -> run(script), "fake-jvm");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers each line as told, and ends with its input. */
  static FakeJvm answering(String... answers) throws IOException {
    return new FakeJvm(
        (in, out, err) -> {
          for (String answer : answers) {
            in.readLine();
            out.println(answer);
          }
          return in.readLine() == null ? 0 : 99;
        });
  }

  static FakeJvm running(Script script) throws IOException {
    return new FakeJvm(script);
  }

  private void run(Script script) {
    try (PrintStream output = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream error = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      exitCode =
          script.run(
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), output, error);
    } catch (IOException e) {
      exitCode = 137;
      if (!killed) {
        throw new UncheckedIOException(e);
      }
    } finally {
      ended.countDown();
    }
  }

  boolean killed() {
    return killed;
  }

  @Override
  public OutputStream getOutputStream() {
    return commands;
  }

  @Override
  public InputStream getInputStream() {
    return answers;
  }

  @Override
  public InputStream getErrorStream() {
    return errors;
  }

  @Override
  public int waitFor() throws InterruptedException {
    ended.await();
    return exitCode;
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    return ended.await(timeout, unit);
  }

  @Override
  public boolean isAlive() {
    return ended.getCount() > 0;
  }

  @Override
  public int exitValue() {
    if (ended.getCount() > 0) {
      throw new IllegalThreadStateException("running");
    }
    return exitCode;
  }

  @Override
  public void destroy() {
    killed = true;
    thread.interrupt();
  }
}
