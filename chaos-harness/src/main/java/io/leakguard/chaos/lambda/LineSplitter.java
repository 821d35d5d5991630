package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Makes lines of a byte stream in bounded memory. Not thread-safe. */
final class LineSplitter {
  /** What CloudWatch Logs takes as one event. */
  static final int LONGEST = 256 * 1024;

  private final Consumer<String> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean pending;

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  void feed(byte[] bytes, int offset, int length) {
    int start = offset;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (bytes[i] == '\n') {
        keep(bytes, start, i - start);
        emit();
        start = i + 1;
      }
    }
    if (start < end) {
      keep(bytes, start, end - start);
      pending = true;
    }
  }

  /** The stream has ended: what is there is the last line. */
  void finish() {
    if (pending) {
      emit();
    }
  }

  private void keep(byte[] bytes, int offset, int length) {
    line.write(bytes, offset, Math.min(length, LONGEST - line.size()));
  }

  private void emit() {
    String text = line.toString(UTF_8);
    line.reset();
    pending = false;
    lines.accept(text);
  }
}
