package io.leakguard.diagnosis;

import java.util.List;
import java.util.Set;

/** Tells the frames of the waiting itself from the frame that waits. */
final class Frames {
  /** Classes of the JDK that do nothing but wait or move bytes, whoever calls them. */
  private static final List<String> WAITING_PACKAGES =
      List.of(
          "java.util.concurrent.locks.",
          "java.io.",
          "java.net.",
          "java.nio.",
          "sun.nio.",
          "sun.net.",
          "sun.security.ssl.");

  private static final Set<String> WAITING_CLASSES =
      Set.of(
          "jdk.internal.misc.Unsafe",
          "jdk.internal.misc.VirtualThreads",
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
          "java.util.concurrent.FutureTask",
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.AbstractExecutorService");

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
      return frame.getMethodName().endsWith("Block");
    }
    if (name.equals("java.lang.System")) {
      return frame.getMethodName().equals("parkVirtualThread");
    }
    return WAITING_PACKAGES.stream().anyMatch(name::startsWith);
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

  static boolean has(List<StackTraceElement> frames, String className, String... methods) {
    for (StackTraceElement frame : frames) {
      if (frame.getClassName().equals(className) && isOneOf(frame.getMethodName(), methods)) {
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
    String stable = spun < 0 ? className : className.substring(0, spun) + "$$Lambda";
    return withoutOrdinals(stable) + "." + withoutOrdinals(frame.getMethodName());
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
    return (start > 0 && name.charAt(start - 1) == '$') || name.contains("Generated");
  }
}
