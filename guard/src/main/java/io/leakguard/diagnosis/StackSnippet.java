package io.leakguard.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** The part of a stack that a person reads first. */
public final class StackSnippet {
  private static final int LONGEST_FRAME = 300;

  private StackSnippet() {}

  /**
   * Renders a stack, innermost frame first, one frame per line of the result.
   *
   * <p>Of the waiting itself only the innermost and the outermost frame are kept: a reader wants to
   * know what waits and for what, not how parking works. Classes that the JVM spins for lambdas are
   * left out.
   *
   * @param frames the stack, innermost first
   * @param limit the most lines, at least 1
   * @return lines without line breaks in them; empty for an empty stack
   */
  public static List<String> of(List<StackTraceElement> frames, int limit) {
    int own = Frames.firstOwn(frames);
    int from = own == frames.size() ? 1 : lastWritten(frames, own);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < frames.size() && lines.size() < limit; i++) {
      if (i == 0 || (i >= from && !Frames.isSpun(frames.get(i)))) {
        lines.add(line(frames.get(i)));
      }
    }
    return lines;
  }

  /** Returns the index of the outermost waiting frame that somebody wrote; at least 1. */
  private static int lastWritten(List<StackTraceElement> frames, int own) {
    int last = own - 1;
    while (last > 1 && Frames.isSpun(frames.get(last))) {
      last--;
    }
    return Math.max(1, last);
  }

  private static String line(StackTraceElement frame) {
    String where = frame.getClassName() + "." + frame.getMethodName();
    if (frame.isNativeMethod()) {
      return SafeText.of(where + "(native)", LONGEST_FRAME);
    }
    if (frame.getFileName() == null) {
      return SafeText.of(where, LONGEST_FRAME);
    }
    String line = frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber();
    return SafeText.of(where + "(" + frame.getFileName() + line + ")", LONGEST_FRAME);
  }
}
