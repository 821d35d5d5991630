package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The last 4 KB of a log, which is what Lambda returns. Not thread-safe. */
final class LogTail {
  static final int SIZE = 4096;

  private final byte[] ring = new byte[SIZE];
  private long written;

  void append(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    append(bytes, 0, bytes.length);
  }

  void append(byte[] bytes, int offset, int length) {
    for (int i = Math.max(0, length - SIZE); i < length; i++) {
      ring[(int) ((written + i) % SIZE)] = bytes[offset + i];
    }
    written += length;
  }

  byte[] bytes() {
    int length = (int) Math.min(written, SIZE);
    byte[] result = new byte[length];
    for (int i = 0; i < length; i++) {
      result[i] = ring[(int) ((written - length + i) % SIZE)];
    }
    return result;
  }
}
