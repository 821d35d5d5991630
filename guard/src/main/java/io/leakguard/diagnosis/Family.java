package io.leakguard.diagnosis;

import java.util.List;

/**
 * What threads of one kind have in common: {@code pool-N-thread-N} in {@code
 * java.util.concurrent.ThreadPoolExecutor.getTask}.
 *
 * @param name the thread name with its numbers taken out, safe for one log line
 * @param frame class and method of the first frame that is not the waiting itself, without line;
 *     what called the waiting, where every frame waits; empty for a thread without Java frames
 */
public record Family(String name, String frame) {

  /**
   * Names the family of a thread of which nothing else is known.
   *
   * @param thread the thread
   * @return its name with N for numbers
   */
  public static String nameOf(Thread thread) {
    return ThreadNames.withoutNumbers(thread.getName());
  }

  /**
   * Finds the family of a thread.
   *
   * @param facts the thread
   * @return the family; equal for threads that one line of code has made
   */
  public static Family of(ThreadFacts facts) {
    return new Family(ThreadNames.withoutNumbers(facts.name()), frameOf(facts));
  }

  private static String frameOf(ThreadFacts facts) {
    List<StackTraceElement> frames = facts.frames();
    if (frames.isEmpty()) {
      return "";
    }
    int own = Frames.firstOwn(frames);
    if (own == frames.size()) {
      return Frames.stableName(frames.get(outermost(frames)));
    }
    String between = betweenTasks(frames.get(own));
    return own == 0 && between != null ? between : Frames.stableName(frames.get(own));
  }

  /** A worker that is seen before it parks is of the family that it has a moment later. */
  private static String betweenTasks(StackTraceElement frame) {
    String method = frame.getMethodName();
    return switch (frame.getClassName()) {
      case "java.util.concurrent.ThreadPoolExecutor" ->
          method.equals("runWorker") ? "java.util.concurrent.ThreadPoolExecutor.getTask" : null;
      case "java.util.concurrent.ThreadPoolExecutor$Worker" ->
          "java.util.concurrent.ThreadPoolExecutor.getTask";
      case "java.util.concurrent.ForkJoinPool" ->
          method.equals("runWorker") || method.equals("scan")
              ? "java.util.concurrent.ForkJoinPool.awaitWork"
              : null;
      default -> null;
    };
  }

  /** What the waiting was called by says more than its inside, which differs between JDKs. */
  private static int outermost(List<StackTraceElement> frames) {
    for (int i = frames.size() - 1; i > 0; i--) {
      if (!Frames.isThread(frames.get(i)) && !Frames.isSpun(frames.get(i))) {
        return i;
      }
    }
    return 0;
  }
}
