package io.leakguard.diagnosis;

import java.util.List;
import java.util.Objects;

/**
 * What was seen of one thread at one moment, detached from the thread itself.
 *
 * <p>Holding facts never keeps a thread alive, and facts about a thread of another process look the
 * same. Immutable and thread-safe.
 *
 * @param name the thread's name as it is, whatever it contains; never null
 * @param group the name of its thread group, empty where it has none; never null
 * @param state its state at that moment; never null
 * @param frames its stack, innermost frame first, empty for a thread without Java frames
 */
public record ThreadFacts(
    String name, String group, Thread.State state, List<StackTraceElement> frames) {

  /**
   * Copies the frames, so that facts never change.
   *
   * @param name not null
   * @param group not null, empty without one
   * @param state not null
   * @param frames innermost first; not null
   */
  public ThreadFacts {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(state, "state");
    frames = List.copyOf(frames);
  }

  /**
   * Looks at a live thread with one stack trace.
   *
   * @param thread the thread to look at; it may end meanwhile, then it has no frames
   * @return what was seen
   */
  public static ThreadFacts of(Thread thread) {
    return of(thread, thread.getStackTrace());
  }

  /**
   * Combines a live thread with a stack that was taken of it before.
   *
   * @param thread the thread to look at
   * @param stack its frames, innermost first
   * @return what is known
   */
  public static ThreadFacts of(Thread thread, StackTraceElement[] stack) {
    return of(thread, List.of(stack));
  }

  /**
   * Combines a live thread with a stack that is known.
   *
   * @param thread the thread to look at
   * @param frames its frames, innermost first; one unmodifiable list may serve many threads
   * @return what is known
   */
  public static ThreadFacts of(Thread thread, List<StackTraceElement> frames) {
    ThreadGroup group = thread.getThreadGroup();
    return new ThreadFacts(
        thread.getName(), group == null ? "" : group.getName(), thread.getState(), frames);
  }

  /**
   * Looks for a method in the stack, whatever the line.
   *
   * @param className the fully qualified name of the class
   * @param methodName the method, {@code <init>} for a constructor
   * @return whether some frame is in it
   */
  public boolean hasFrame(String className, String methodName) {
    for (StackTraceElement frame : frames) {
      if (frame.getClassName().equals(className) && frame.getMethodName().equals(methodName)) {
        return true;
      }
    }
    return false;
  }
}
