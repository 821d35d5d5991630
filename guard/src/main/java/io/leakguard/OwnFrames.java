package io.leakguard;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Takes the guard's frames out of what a handler throws, as the runtime client takes out its own:
 * the error that Lambda returns is then the same as without the guard.
 */
final class OwnFrames {
  private static final String OUTERMOST = GuardedHandler.class.getName();
  private static final String BEFORE_IT = GuardedStreamHandler.class.getName();

  private OwnFrames() {}

  /** Cuts the traces of an exception, its causes and what it suppressed; never throws. */
  static void cutFrom(Throwable thrown) {
    try {
      Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      Deque<Throwable> left = new ArrayDeque<>();
      left.add(thrown);
      while (!left.isEmpty()) {
        Throwable next = left.remove();
        if (seen.add(next)) {
          cut(next);
          left.addAll(Arrays.asList(next.getSuppressed()));
          if (next.getCause() != null) {
            left.add(next.getCause());
          }
        }
      }
    } catch (Throwable ignored) {
      // Hostile overrides, or no memory: the handler's exception matters, not its trace.
    }
  }

  private static void cut(Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    int end = trace.length - 1;
    while (end >= 0 && !trace[end].getClassName().equals(OUTERMOST)) {
      end--;
    }
    while (end > 0 && trace[end - 1].getClassName().equals(BEFORE_IT)) {
      end--;
    }
    if (end >= 0) {
      thrown.setStackTrace(Arrays.copyOf(trace, end));
    }
  }
}
