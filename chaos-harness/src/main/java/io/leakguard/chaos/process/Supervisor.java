package io.leakguard.chaos.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Starts the child processes of one run and guarantees that none outlives it.
 *
 * <p>A small shell process holds the list of process groups. It notices the end of the harness by
 * the end of its standard input, so Ctrl-C, a crash and {@code kill -9} all end the same way: every
 * registered group is killed, stopped ones too, and the scratch folder is removed. It also delivers
 * signals, for which the JDK has no call.
 *
 * <p>Thread-safe.
 */
public final class Supervisor implements AutoCloseable {
  private final Path scratch;
  private final Process shell;
  private final OutputStream commands;
  private final String childScript;
  private final Set<ChildProcess> children = ConcurrentHashMap.newKeySet();
  private boolean closed;

  private Supervisor(Path scratch, Process shell, String childScript) {
    this.scratch = scratch;
    this.shell = shell;
    this.commands = shell.getOutputStream();
    this.childScript = childScript;
  }

  /**
   * Starts the supervising process.
   *
   * @throws UncheckedIOException when it cannot be started or no temporary folder can be made
   */
  public static Supervisor start() {
    try {
      Path scratch = Files.createTempDirectory("leakguard-");
      ProcessBuilder builder =
          new ProcessBuilder(
              "setsid", "/bin/sh", "-c", script("supervisor.sh"), "supervisor", scratch.toString());
      builder.directory(Path.of("/").toFile());
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      return new Supervisor(scratch, builder.start(), script("child.sh"));
    } catch (IOException e) {
      throw new UncheckedIOException("the supervising process could not be started", e);
    }
  }

  /** A folder that disappears with the run. */
  public Path scratch() {
    return scratch;
  }

  /**
   * Starts a child in a session and process group of its own.
   *
   * @throws UncheckedIOException when the program cannot be started
   * @throws IllegalStateException when this supervisor was closed
   */
  public ChildProcess spawn(Command command) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("setsid", "/bin/sh", "-c", childScript, "child"));
    line.add(command.streams().name());
    line.addAll(command.arguments());
    ProcessBuilder builder = new ProcessBuilder(line).directory(command.directory().toFile());
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    try {
      return register(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + command.arguments().get(0), e);
    }
  }

  private synchronized ChildProcess register(Process process) throws IOException {
    ChildProcess child = new ChildProcess(this, process);
    if (closed) {
      process.destroyForcibly();
      throw new IllegalStateException("the supervisor is closed");
    }
    // Guards against a signal or an end of the harness in the moment before the child leads its
    // group: it says when it does, and goes on only when its group is registered.
    if (process.getInputStream().read() != '\n') {
      throw new IOException("the child ended before it started its program");
    }
    children.add(child);
    send("add", child.pid());
    process.getOutputStream().write("go\n".getBytes(UTF_8));
    process.getOutputStream().flush();
    process.onExit().thenRun(() -> forget(child));
    return child;
  }

  private void forget(ChildProcess child) {
    // What the child itself started is in its group and must not outlive it.
    signal("KILL", child);
    children.remove(child);
    sendQuietly("drop", child.pid());
  }

  /** Delivers a signal to the child's whole process group; a group that is gone is no error. */
  void signal(String signal, ChildProcess child) {
    sendQuietly(signal, child.pid());
  }

  private void sendQuietly(String verb, long group) {
    try {
      send(verb, group);
    } catch (IOException e) {
      // Only when the supervising process is gone, which is so after close() and then means
      // nothing.
      shell.destroy();
    }
  }

  private synchronized void send(String verb, long group) throws IOException {
    if (!closed) {
      commands.write((verb + " " + group + "\n").getBytes(UTF_8));
      commands.flush();
    }
  }

  /** Kills every child, waits until they are gone, and removes the scratch folder. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      try {
        commands.close();
      } catch (IOException e) {
        // The supervising process is gone already; the children are ended below all the same.
        shell.destroy();
      }
    }
    for (ChildProcess child : children) {
      child.process().destroyForcibly();
    }
    try {
      for (ChildProcess child : children) {
        child.process().waitFor(5, TimeUnit.SECONDS);
      }
      shell.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String script(String name) throws IOException {
    try (InputStream in = Supervisor.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
