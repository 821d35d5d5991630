package io.leakguard.chaos.lambda;

import java.io.IOException;
import java.io.InputStream;

/**
 * What one child writes: its standard output and error, and its framed log.
 *
 * <p>Read by looking what is there and taking that, never by a thread that blocks in a read: a byte
 * is then either still in the pipe or already dealt with, so that {@link #drain} at the moment of
 * an answer has everything that was written before it. Thread-safe.
 */
final class ChildOutput {
  private static final int CHUNK = 64 * 1024;

  private final EnvironmentId environment;
  private final EnvironmentListener listener;
  private final InputStream plain;
  private final InputStream framed;
  private final byte[] buffer = new byte[CHUNK];
  private final LineSplitter lines = new LineSplitter(line -> report(line, false));
  private final FrameParser frames = new FrameParser(this::frame);
  private String requestId;
  private LogTail tail;
  private boolean closed;
  private volatile boolean paused;

  ChildOutput(
      EnvironmentId environment,
      EnvironmentListener listener,
      InputStream plain,
      InputStream framed) {
    this.environment = environment;
    this.listener = listener;
    this.plain = plain;
    this.framed = framed;
  }

  /** Attributes what is written from now on to an invocation. */
  synchronized void begin(String id, boolean wantsTail) {
    drain();
    requestId = id;
    tail = wantsTail ? new LogTail() : null;
    if (tail != null) {
      tail.append("START RequestId: " + id + " Version: $LATEST\n");
    }
  }

  /** The end of the log of the invocation so far; null when it was not asked for. */
  synchronized LogTail takeTail() {
    LogTail taken = tail;
    tail = null;
    return taken;
  }

  /** Attributes what is written from now on to no invocation. */
  synchronized void end() {
    drain();
    requestId = null;
    tail = null;
  }

  /**
   * Takes what the pipes hold now, and no more: a child that writes on and on does not keep the
   * caller here.
   *
   * @return the number of bytes taken
   */
  synchronized int drain() {
    return closed ? 0 : drain(plain, false) + drain(framed, true);
  }

  /** Takes the rest and closes the pipes. */
  synchronized void close() {
    if (closed) {
      return;
    }
    drain();
    closed = true;
    lines.finish();
    frames.finish();
    closeQuietly(plain);
    closeQuietly(framed);
  }

  /** Nothing can come: the child is stopped. */
  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
  }

  boolean isPaused() {
    return paused;
  }

  private int drain(InputStream stream, boolean isFramed) {
    try {
      int available = stream.available();
      int left = available;
      while (left > 0) {
        int read = stream.read(buffer, 0, Math.min(left, CHUNK));
        if (read < 0) {
          break;
        }
        take(read, isFramed);
        left -= read;
      }
      return available;
    } catch (IOException e) {
      // The JDK replaces the stream when the process ends; there is nothing in it at this moment.
      return 0;
    }
  }

  private void take(int length, boolean isFramed) {
    if (isFramed) {
      frames.feed(buffer, 0, length);
      return;
    }
    if (tail != null) {
      tail.append(buffer, 0, length);
    }
    lines.feed(buffer, 0, length);
  }

  private void frame(String message) {
    String text = message.endsWith("\n") ? message.substring(0, message.length() - 1) : message;
    if (tail != null) {
      tail.append(text + "\n");
    }
    report(text, true);
  }

  private void report(String line, boolean isFramed) {
    listener.logLine(environment, requestId, line, isFramed);
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // A pipe that cannot be closed is closed already.
      return;
    }
  }
}
