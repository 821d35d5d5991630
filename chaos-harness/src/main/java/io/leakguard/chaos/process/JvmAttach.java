package io.leakguard.chaos.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks a HotSpot JVM by its own attach protocol, as {@code jcmd} does, but within milliseconds and
 * without a JVM of its own: the first request has the JVM open a socket ({@code SIGQUIT} beside a
 * file that it looks for), each one is a connection to that. The JVM must run: one that is stopped
 * is not asked. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/openjdk/jdk17u/blob/master/src/hotspot/os/posix/attachListener_posix.cpp">the
 *     other side</a>
 */
public final class JvmAttach {
  /** The JVM's own choice, whatever {@code java.io.tmpdir} is. */
  private static final Path FOLDER = Path.of("/tmp");

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long POLL_MILLIS = 2;

  private final long pid;
  private final Path socket;

  /** Prepares for a JVM; nothing is sent yet. */
  public JvmAttach(long pid) {
    this.pid = pid;
    this.socket = FOLDER.resolve(".java_pid" + pid);
  }

  /**
   * Runs a diagnostic command.
   *
   * @param command as {@code jcmd} takes it, such as {@code GC.run}
   * @return what the JVM answers
   * @throws IOException when it is no JVM, is gone or stopped, refuses, or does not answer in 3 s
   */
  public String run(String command) throws IOException {
    if (ProcessState.of(pid).isStopped()) {
      throw new IOException("process " + pid + " is stopped");
    }
    if (!Files.exists(socket)) {
      open();
    }
    String answer = ask("1\0jcmd\0" + command + "\0\0\0");
    int end = answer.indexOf('\n');
    if (end < 0 || !answer.substring(0, end).equals("0")) {
      throw new IOException("the JVM refused " + command + ": " + answer.strip());
    }
    return answer.substring(end + 1);
  }

  /** Has the JVM listen. Without the file it would take the signal for a request of a dump. */
  private void open() throws IOException {
    Path mark = FOLDER.resolve(".attach_pid" + pid);
    createMark(mark);
    try {
      quit();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!Files.exists(socket)) {
        if (System.nanoTime() - deadline > 0 || !ProcessState.of(pid).isAlive()) {
          throw new IOException("the JVM " + pid + " does not listen");
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.deleteIfExists(mark);
    }
  }

  private static void createMark(Path mark) throws IOException {
    try {
      Files.createFile(mark);
    } catch (FileAlreadyExistsException e) {
      // Of an earlier process with this id.
      Files.setLastModifiedTime(mark, java.nio.file.attribute.FileTime.fromMillis(0));
    }
  }

  private void quit() throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("/bin/sh", "-c", "kill -QUIT \"$1\"", "kill", Long.toString(pid))
            .redirectErrorStream(true)
            .start();
    kill.getInputStream().readAllBytes();
    if (kill.waitFor() != 0) {
      throw new IOException("the process " + pid + " could not be signalled");
    }
  }

  private String ask(String request) throws IOException {
    AtomicBoolean late = new AtomicBoolean();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      CompletableFuture<Void> watch = closeWhenLate(channel, late);
      try {
        channel.connect(UnixDomainSocketAddress.of(socket));
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        return readAll(channel);
      } finally {
        watch.cancel(false);
      }
    } catch (IOException e) {
      throw late.get() ? new IOException("the JVM " + pid + " gave no answer", e) : e;
    }
  }

  /** Closing is what ends a blocked read of a channel. */
  private static CompletableFuture<Void> closeWhenLate(SocketChannel channel, AtomicBoolean late) {
    Executor later = CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    return CompletableFuture.runAsync(
        () -> {
          late.set(true);
          try {
            channel.close();
          } catch (IOException e) {
            // It is closed all the same.
            late.set(true);
          }
        },
        later);
  }

  private static String readAll(SocketChannel channel) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer chunk = ByteBuffer.allocate(16_384);
    while (channel.read(chunk) >= 0) {
      answer.write(chunk.array(), 0, chunk.position());
      chunk.clear();
    }
    return answer.toString(UTF_8);
  }

  /** Removes the socket of a JVM that was killed; one that ends by itself removes it. */
  public static void forget(long pid) {
    try {
      Files.deleteIfExists(FOLDER.resolve(".java_pid" + pid));
    } catch (IOException e) {
      // Somebody else's, or the folder is read-only: an empty file in /tmp is all there is to it.
      System.getLogger(JvmAttach.class.getName())
          .log(System.Logger.Level.DEBUG, "not removed: " + e);
    }
  }
}
