package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the function's own frames from those of libraries: by the first two segments of the package
 * of its handlers, {@code com.acme} of {@code com.acme.orders.OrdersHandler}. Thread-safe.
 */
final class UserCode {
  private final List<String> roots = new ArrayList<>();
  private Class<?> handler;

  synchronized void add(Class<?> handler) {
    this.handler = this.handler == null ? handler : this.handler;
    String root = root(handler.getPackageName());
    if (!roots.contains(root)) {
      roots.add(root);
    }
  }

  /** Returns the first handler; null before it is known. */
  synchronized Class<?> handler() {
    return handler;
  }

  private static String root(String packageName) {
    int second = packageName.indexOf('.', packageName.indexOf('.') + 1);
    return second < 0 ? packageName : packageName.substring(0, second);
  }

  /** Says whether some frame is of the function itself. */
  synchronized boolean isIn(ThreadFacts facts) {
    for (StackTraceElement frame : facts.frames()) {
      for (String root : roots) {
        if (isOf(root, frame.getClassName())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOf(String root, String className) {
    if (root.isEmpty()) {
      return className.indexOf('.') < 0;
    }
    return className.length() > root.length()
        && className.startsWith(root)
        && className.charAt(root.length()) == '.';
  }
}
