package io.leakguard;

import java.io.File;
import java.util.OptionalLong;

/** How long an environment has left, and how it will end. */
final class Forecast {
  /**
   * Threads and processes of one execution environment.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">AWS
   *     Lambda quotas</a>, cannot be raised
   */
  static final int THREAD_LIMIT = 1_024;

  /** File descriptors of one execution environment; the same page, cannot be raised either. */
  static final int DESCRIPTOR_LIMIT = 1_024;

  private static final File TASKS = new File("/proc/self/task");

  private Forecast() {}

  /**
   * Returns how many more invocations it takes until a limit is reached.
   *
   * @param now how many there are; less than 0 means unknown
   * @param perInvocation growth per invocation
   * @return 0 where the limit is reached; empty where nothing grows or the level is unknown
   */
  static OptionalLong invocationsLeft(int now, int limit, double perInvocation) {
    if (now < 0 || !(perInvocation > 0)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of((long) Math.max(0, (limit - now) / perInvocation));
  }

  /**
   * Counts the threads of this process as the quota does, those of the JVM itself among them; about
   * 10 us at 20 threads. Other processes in the environment count too and are not seen from here.
   *
   * @return -1 where the system has no {@code /proc}
   */
  static int osThreads() {
    String[] tasks = TASKS.list();
    return tasks == null ? -1 : tasks.length;
  }

  /**
   * Warns of threads that keep a dead environment alive; empty where none would.
   *
   * <p>On an {@code OutOfMemoryError} the runtime client leaves its loop and returns from {@code
   * main}. The JVM then ends only if no other thread that is no daemon is alive; else nobody asks
   * for the next event, and the caller sees a timeout (seen with runtime client 2.9.0).
   *
   * @param nonDaemons living leaked threads that are not daemons
   */
  static String zombieWarning(int nonDaemons) {
    if (nonDaemons <= 0) {
      return "";
    }
    String who =
        nonDaemons == 1 ? "1 of them is no daemon" : nonDaemons + " of them are no daemons";
    return who
        + ": after an OutOfMemoryError the JVM stays alive without serving, and the environment"
        + " hangs until it times out instead of restarting";
  }
}
