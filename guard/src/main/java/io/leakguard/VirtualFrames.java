package io.leakguard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stack frames from their text, as {@link Thread#getStackTrace()} would give them: without the
 * names of class loader and module, and without the file of a native method, which the text lacks.
 *
 * <p>Equal frames and equal stacks are one object: ten thousand threads that wait in the same place
 * take the memory of one stack. Not thread-safe.
 */
final class VirtualFrames {
  private static final int MOST = 10_000;

  /** {@link StackTraceElement#isNativeMethod()} is true for this line. */
  private static final int NATIVE = -2;

  private final Map<String, StackTraceElement> frames = new HashMap<>();
  private final Map<List<StackTraceElement>, List<StackTraceElement>> stacks = new HashMap<>();

  /** Returns the frame of a text; null where the text is none. */
  StackTraceElement frame(String text) {
    StackTraceElement known = frames.get(text);
    if (known != null) {
      return known;
    }
    StackTraceElement frame = parse(text);
    if (frame != null && frames.size() < MOST) {
      frames.put(text, frame);
    }
    return frame;
  }

  /** Returns an immutable list of these frames. */
  List<StackTraceElement> stack(List<StackTraceElement> read) {
    List<StackTraceElement> known = stacks.get(read);
    if (known != null) {
      return known;
    }
    List<StackTraceElement> stack = List.copyOf(read);
    if (stacks.size() < MOST) {
      stacks.put(stack, stack);
    }
    return stack;
  }

  private static StackTraceElement parse(String text) {
    int open = text.lastIndexOf('(');
    int dot = open < 0 ? -1 : text.lastIndexOf('.', open);
    int begin = dot < 0 ? -1 : beginOfClass(text, dot);
    if (begin < 0 || begin == dot || dot + 1 == open || !text.endsWith(")")) {
      return null;
    }
    String className = text.substring(begin, dot);
    String method = text.substring(dot + 1, open);
    return withSource(className, method, text.substring(open + 1, text.length() - 1));
  }

  /** Loader and module end in a slash; a hidden class has one within its name, before a 0x. */
  private static int beginOfClass(String text, int end) {
    int slash = text.lastIndexOf('/', end);
    if (slash >= 0 && text.startsWith("0x", slash + 1)) {
      slash = text.lastIndexOf('/', slash - 1);
    }
    return slash + 1;
  }

  private static StackTraceElement withSource(String className, String method, String source) {
    if (source.equals("Native Method")) {
      return new StackTraceElement(className, method, null, NATIVE);
    }
    if (source.equals("Unknown Source")) {
      return new StackTraceElement(className, method, null, -1);
    }
    int colon = source.lastIndexOf(':');
    int line = colon < 0 ? -1 : number(source, colon + 1);
    String file = line < 0 ? source : source.substring(0, colon);
    return new StackTraceElement(className, method, file, line);
  }

  private static int number(String text, int from) {
    try {
      return Integer.parseInt(text, from, text.length(), 10);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
