package io.leakguard.diagnosis;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a thread is about to end by itself, as far as its frames say. */
public enum Ending {
  /** It has left its task and its loop: it ends as soon as it runs. */
  CERTAIN,
  /**
   * It is in a method that is named for shutting down, and does not wait for somebody else: a loop
   * in its quiet period, a client that says goodbye. It may hang there, so patience has to end.
   */
  LIKELY,
  /** Nothing says that it ends. */
  NO;

  /** How many frames of the program may lie between the waiting and the shutdown method. */
  private static final int OWN_FRAMES = 3;

  private static final Set<String> VERBS =
      Set.of("shutdown", "close", "terminate", "dispose", "stop", "destroy");

  /** With one of these words a name is about waiting for an end, or asking for one. */
  private static final Set<String> NOT_YET =
      Set.of("await", "wait", "until", "till", "is", "has", "should", "can", "block", "before");

  /** Splits camel case, and what compilers put around it. */
  private static final Pattern BETWEEN_WORDS = Pattern.compile("(?=\\p{Lu})|[^\\p{L}]+");

  /**
   * Decides from state and frames.
   *
   * @param facts what was just seen of the thread
   * @return how it stands with its end
   */
  public static Ending of(ThreadFacts facts) {
    if (facts.state() == Thread.State.TERMINATED || isDying(facts.frames())) {
      return CERTAIN;
    }
    return wakesByItself(facts) && isInShutdown(facts.frames()) ? LIKELY : NO;
  }

  /** Only under frames of the JDK: a hook of the program that hangs there is not about to end. */
  private static boolean isDying(List<StackTraceElement> frames) {
    for (StackTraceElement frame : frames) {
      if (!Frames.isJdk(frame)) {
        return false;
      }
      if (isExit(frame)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isExit(StackTraceElement frame) {
    String method = frame.getMethodName();
    return switch (frame.getClassName()) {
      case "java.util.concurrent.ThreadPoolExecutor" -> method.equals("processWorkerExit");
      case "java.util.concurrent.ForkJoinPool" -> method.equals("deregisterWorker");
      case "java.lang.Thread" -> method.equals("exit");
      case "java.lang.VirtualThread" -> method.equals("afterTerminate");
      default -> false;
    };
  }

  /** A wait without limit in a close is stuck; one for another thread or a peer may be. */
  private static boolean wakesByItself(ThreadFacts facts) {
    boolean limited =
        facts.state() == Thread.State.RUNNABLE || facts.state() == Thread.State.TIMED_WAITING;
    Diagnosis diagnosis = Diagnosis.of(facts);
    return limited && (diagnosis.role() != Diagnosis.Role.WORK || isBusy(diagnosis.kind()));
  }

  private static boolean isBusy(String kind) {
    return kind.equals("running") || kind.equals("spin");
  }

  private static boolean isInShutdown(List<StackTraceElement> frames) {
    int own = 0;
    for (StackTraceElement frame : frames) {
      if (!Frames.isWaiting(frame) && !Frames.isJdk(frame)) {
        if (isShutdownName(frame.getMethodName())) {
          return true;
        }
        own++;
        if (own == OWN_FRAMES) {
          return false;
        }
      }
    }
    return false;
  }

  static boolean isShutdownName(String method) {
    boolean found = false;
    String before = "";
    for (String word : BETWEEN_WORDS.split(method)) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (NOT_YET.contains(lower)) {
        return false;
      }
      found |= VERBS.contains(lower) || (before.equals("shut") && lower.equals("down"));
      before = lower;
    }
    return found;
  }
}
