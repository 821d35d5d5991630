package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The creation of one thread, held by that thread and by nothing else.
 *
 * <p>It is the value that the thread inherits, so it can be collected once the thread has ended.
 * Thread-safe.
 */
final class Creation implements Lineage {
  private static final int LONGEST_NAME = 120;

  private static final Set<String> MACHINERY =
      Set.of(
          "java.lang.ThreadLocal",
          "java.lang.ThreadLocal$ThreadLocalMap",
          "java.lang.InheritableThreadLocal",
          "io.leakguard.Creation",
          "io.leakguard.CreationIndex",
          "io.leakguard.Origins",
          "io.leakguard.Origins$HandedDown");

  private static final Set<String> GUARD =
      Set.of(
          "io.leakguard.Guard",
          "io.leakguard.GuardedHandler",
          "io.leakguard.GuardedRequestHandler",
          "io.leakguard.GuardedStreamHandler",
          "io.leakguard.LeakCheck",
          "io.leakguard.LeakGuard");

  private final OriginScope scope;
  private final boolean late;
  private final Map<String, String> labels;
  private final String parent;

  /** The stack as the JVM holds it, which is cheap to take; null once it was read. */
  private Throwable stack;

  private Origin origin;

  /** The id of the thread, once that thread has created another one; 0 before. */
  private volatile long confirmedId;

  private Creation(Lineage from, Throwable stack) {
    this.scope = from.scope();
    this.late = scope.isOver();
    this.labels = scope.labels();
    String name = Thread.currentThread().getName();
    this.parent = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    this.stack = stack;
    scope.created();
  }

  /** Describes the creation that goes on in the current thread. */
  static Creation byCurrentThread(Lineage from, boolean withStack) {
    return new Creation(from, withStack ? new Stack() : null);
  }

  @Override
  public OriginScope scope() {
    return scope;
  }

  /** Says whether the scope had ended: a thread that outlived it was the creator. */
  boolean isLate() {
    return late;
  }

  long confirmedId() {
    return confirmedId;
  }

  void confirm(long threadId) {
    confirmedId = threadId;
  }

  synchronized Origin origin() {
    if (origin == null) {
      List<StackTraceElement> frames = stack == null ? List.of() : read(stack.getStackTrace());
      String safeParent = SafeText.of(parent, LONGEST_NAME);
      origin = new Origin(scope.name(), scope.number(), late, labels, frames, safeParent);
      stack = null;
    }
    return origin;
  }

  /** Begins with the first frame outside the JDK; where there is none, with the constructor's. */
  static List<StackTraceElement> read(StackTraceElement[] stack) {
    int start = 0;
    while (start < stack.length && isMachinery(stack[start])) {
      start++;
    }
    int user = start;
    while (user < stack.length && isJdk(stack[user])) {
      user++;
    }
    return Arrays.stream(stack, user == stack.length ? start : user, stack.length)
        .filter(frame -> !GUARD.contains(frame.getClassName()))
        .limit(Origin.MOST_FRAMES)
        .toList();
  }

  private static boolean isMachinery(StackTraceElement frame) {
    return MACHINERY.contains(frame.getClassName())
        || (frame.getClassName().equals("java.lang.Thread")
            && frame.getMethodName().equals("<init>"));
  }

  private static boolean isJdk(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  /** Nothing but a stack; it is never thrown. */
  private static final class Stack extends Throwable {
    private static final long serialVersionUID = 1;

    Stack() {
      super(null, null, false, true);
    }
  }
}
