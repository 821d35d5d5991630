package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.List;

/** What the frames of a virtual thread say, where nothing else does. */
final class VirtualStates {
  private VirtualStates() {}

  /** Returns the state of a thread with these frames; a blocked one looks as if it ran. */
  static Thread.State of(List<StackTraceElement> frames) {
    for (StackTraceElement frame : frames) {
      Thread.State state = of(frame.getClassName(), frame.getMethodName());
      if (state != null) {
        return state;
      }
    }
    return Thread.State.RUNNABLE;
  }

  /** Returns null for frames that only the next ones explain: parked while it keeps its carrier. */
  private static Thread.State of(String className, String method) {
    return switch (className) {
      case "java.lang.VirtualThread" ->
          switch (method) {
            case "parkNanos", "sleepNanos" -> Thread.State.TIMED_WAITING;
            case "park" -> Thread.State.WAITING;
            case "parkOnCarrierThread" -> null;
            default -> Thread.State.RUNNABLE;
          };
      case "java.lang.Object" ->
          method.startsWith("wait") ? Thread.State.WAITING : Thread.State.RUNNABLE;
      case "jdk.internal.misc.Unsafe" -> null;
      default -> Thread.State.RUNNABLE;
    };
  }

  /**
   * Says whether the JDK started the thread for itself: since JDK 22 a few of those that wait for
   * sockets are virtual. Recognized by frames; a name is anybody's.
   */
  static boolean isOfTheJdk(ThreadFacts facts) {
    return facts.hasFrame("sun.nio.ch.Poller", "subPollerLoop");
  }
}
