package io.leakguard;

import java.io.IOException;
import java.io.Reader;

/**
 * Lines of a thread dump, whatever a thread's name contains: of a line of megabytes its beginning
 * and its end, and of a dump of many megabytes its beginning. Not thread-safe.
 */
final class VirtualDumpLines {
  private static final int HEAD = 4_000;
  private static final int TAIL = 200;

  private final Reader in;
  private final char[] read = new char[16_384];
  private final StringBuilder line = new StringBuilder();
  private int at;
  private int filled;
  private long left;

  /**
   * Reads at most so many characters.
   *
   * @param in where from; not closed here
   */
  VirtualDumpLines(Reader in, long most) {
    this.in = in;
    this.left = most;
  }

  /** Returns the next line without its end; null after the last, or after as many as may be. */
  String next() throws IOException {
    line.setLength(0);
    while (at < filled || fill()) {
      int end = at;
      while (end < filled && read[end] != '\n') {
        end++;
      }
      append(at, end);
      at = end + 1;
      if (end < filled) {
        return withoutReturn();
      }
    }
    return line.length() == 0 ? null : withoutReturn();
  }

  private boolean fill() throws IOException {
    at = 0;
    filled = left <= 0 ? 0 : Math.max(0, in.read(read));
    left -= filled;
    return filled > 0;
  }

  private void append(int from, int to) {
    line.append(read, from, to - from);
    if (line.length() > HEAD + TAIL) {
      line.delete(HEAD, line.length() - TAIL);
    }
  }

  /** On Windows lines end in two characters. */
  private String withoutReturn() {
    int last = line.length() - 1;
    if (last >= 0 && line.charAt(last) == '\r') {
      line.setLength(last);
    }
    return line.toString();
  }

  /** Says whether the dump was longer than may be read. */
  boolean isCut() {
    return left <= 0;
  }
}
