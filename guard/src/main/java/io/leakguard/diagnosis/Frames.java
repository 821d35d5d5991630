package io.leakguard.diagnosis;

import java.util.List;
import java.util.Set;

/** Tells the frames of the waiting itself from the frame that waits. */
final class Frames {
  /** Where the JDK moves bytes and waits for them, whoever calls. */
  private static final List<String> IO_PACKAGES =
      List.of("java.io.", "java.net.", "java.nio.", "sun.nio.", "sun.net.", "sun.security.ssl.");

  /** Classes of the JDK that do nothing but wait, whoever calls them. */
  private static final Set<String> WAITING_CLASSES =
      Set.of(
          "jdk.internal.misc.Unsafe",
          "java.lang.Object",
          "java.lang.Thread",
          "java.lang.VirtualThread",
          "java.lang.Process",
          "java.lang.ProcessImpl",
          "java.lang.ref.ReferenceQueue",
          "java.util.concurrent.TimeUnit",
          "java.util.concurrent.CountDownLatch",
          "java.util.concurrent.Semaphore",
          "java.util.concurrent.CyclicBarrier",
          "java.util.concurrent.Phaser",
          "java.util.concurrent.Exchanger",
          "java.util.concurrent.AbstractExecutorService",
          "jdk.internal.misc.Blocker",
          "jdk.internal.misc.InnocuousThread",
          "jdk.internal.misc.ThreadFlock",
          "jdk.internal.misc.VirtualThreads");

  private Frames() {}

  /** Returns the waiting frames and the first frame that is not; all, where every frame waits. */
  static List<StackTraceElement> head(List<StackTraceElement> frames) {
    return frames.subList(0, Math.min(frames.size(), firstOwn(frames) + 1));
  }

  /** Returns the index of the first frame that is not the waiting itself. */
  static int firstOwn(List<StackTraceElement> frames) {
    int i = 0;
    while (i < frames.size() && isWaiting(frames.get(i))) {
      i++;
    }
    return i;
  }

  static boolean isWaiting(StackTraceElement frame) {
    String name = outermost(frame.getClassName());
    if (WAITING_CLASSES.contains(name) || isQueue(frame.getClassName())) {
      return true;
    }
    if (name.equals("java.util.concurrent.ForkJoinPool")) {
      return frame.getMethodName().endsWith("Block") || isResult(frame);
    }
    return isResult(frame)
        || isSpun(frame)
        || name.startsWith("java.util.concurrent.locks.")
        || frame.getMethodName().equals("parkVirtualThread")
        || isIo(frame);
  }

  /** Says whether the frame belongs to the JDK's input and output, where threads wait for it. */
  static boolean isIo(StackTraceElement frame) {
    for (String start : IO_PACKAGES) {
      if (frame.getClassName().startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Says whether the frame waits for a result. The same classes also run tasks: those methods are
   * not a wait.
   */
  static boolean isResult(StackTraceElement frame) {
    String method = frame.getMethodName();
    return switch (frame.getClassName()) {
      case "java.util.concurrent.FutureTask" -> method.equals("get") || method.equals("awaitDone");
      case "java.util.concurrent.CompletableFuture" ->
          isOneOf(method, "get", "join", "waitingGet", "timedGet");
      case "java.util.concurrent.ForkJoinTask" ->
          isOneOf(method, "get", "join", "invoke", "invokeAll")
              || method.startsWith("quietly")
              || method.contains("await")
              || method.contains("Await")
              || method.startsWith("joinFor");
      case "java.util.concurrent.ForkJoinPool" -> method.startsWith("invoke");
      case "java.util.concurrent.CompletableFuture$Signaller",
          "java.util.concurrent.ExecutorCompletionService",
          "sun.nio.ch.PendingFuture" ->
          true;
      default -> false;
    };
  }

  /** Says whether a pool, a fork-join pool or a timer runs what the thread does. */
  static boolean isTask(List<StackTraceElement> frames) {
    return has(frames, "java.util.concurrent.ThreadPoolExecutor", "runWorker")
        || has(frames, "java.util.concurrent.ForkJoinTask", "doExec")
        || has(frames, "java.util.TimerThread", "mainLoop");
  }

  /** Says whether the class is one of the JDK's blocking queues, or a part of one. */
  static boolean isQueue(String className) {
    if (!className.startsWith("java.util.concurrent.")) {
      return false;
    }
    String name = outermost(className);
    return name.endsWith("Queue")
        || name.endsWith("Deque")
        || className.endsWith("$DelayedWorkQueue");
  }

  /** Says whether the frame belongs to the JDK and not to a library or the function. */
  static boolean isJdk(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("java.")
        || name.startsWith("javax.")
        || name.startsWith("jdk.")
        || name.startsWith("sun.")
        || name.startsWith("com.sun.");
  }

  /** Says whether the frame is the class that the JVM spins for a lambda: nobody wrote it. */
  static boolean isSpun(StackTraceElement frame) {
    return frame.getClassName().contains("$$Lambda");
  }

  /** Says whether the frame is of a thread's own class, as its run and its joins are. */
  static boolean isThread(StackTraceElement frame) {
    return switch (frame.getClassName()) {
      case "java.lang.Thread", "java.lang.VirtualThread", "jdk.internal.misc.InnocuousThread" ->
          true;
      default -> false;
    };
  }

  static boolean has(List<StackTraceElement> frames, String className, String... methods) {
    for (StackTraceElement frame : frames) {
      if (frame.getClassName().equals(className) && isOneOf(frame.getMethodName(), methods)) {
        return true;
      }
    }
    return false;
  }

  /** Says whether the innermost frame is one of these methods: nothing waits above it. */
  static boolean isTop(List<StackTraceElement> frames, String className, String... methods) {
    return !frames.isEmpty() && has(frames.subList(0, 1), className, methods);
  }

  /** Says whether a class is there whose name starts and goes on like this. */
  static boolean hasPart(List<StackTraceElement> frames, String start, String part) {
    for (StackTraceElement frame : frames) {
      if (frame.getClassName().startsWith(start) && frame.getClassName().contains(part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOneOf(String name, String... methods) {
    for (String method : methods) {
      if (method.equals(name)) {
        return true;
      }
    }
    return methods.length == 0;
  }

  private static String outermost(String className) {
    int dollar = className.indexOf('$');
    return dollar < 0 ? className : className.substring(0, dollar);
  }

  /** Names class and method so that a restart or an unrelated edit does not change them. */
  static String stableName(StackTraceElement frame) {
    String className = frame.getClassName();
    int spun = className.indexOf("$$Lambda");
    if (spun >= 0) {
      className = className.substring(0, spun) + "$$Lambda";
    }
    int hidden = className.indexOf('/');
    if (hidden >= 0) {
      className = className.substring(0, hidden);
    }
    return withoutOrdinals(withoutIds(className)) + "." + withoutOrdinals(frame.getMethodName());
  }

  /** Takes out the hash that class generators put behind {@code $$}. */
  private static String withoutIds(String className) {
    int mark = className.lastIndexOf("$$");
    String tail = className.substring(mark + 2);
    return mark >= 0 && isHexadecimal(tail) ? className.substring(0, mark + 2) : className;
  }

  private static boolean isHexadecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Takes out what compilers number: {@code Orders$1}, {@code lambda$price$3}, accessors. */
  private static String withoutOrdinals(String name) {
    StringBuilder kept = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isDigit(c) || !isOrdinal(name, i)) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  private static boolean isOrdinal(String name, int digit) {
    int start = digit;
    while (start > 0 && Character.isDigit(name.charAt(start - 1))) {
      start--;
    }
    return (start > 0 && name.charAt(start - 1) == '$')
        || name.contains("Generated")
        || name.contains("$Proxy");
  }
}
