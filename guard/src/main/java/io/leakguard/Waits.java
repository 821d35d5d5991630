package io.leakguard;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells pools that are used from pools that nobody knows any more, by how often their idle workers
 * have waited: a worker that is handed work waits anew afterwards, an abandoned one never does.
 *
 * <p>Only untimed waits say so; others wake by themselves. The one class of the guard that asks the
 * JDK's thread management, whose first use costs 20 to 40 ms: it is loaded when a second pool of a
 * kind has appeared, or where a worker seems stuck, and not before.
 */
final class Waits {
  /** With less time left the question is left to a later invocation. */
  static final int FIRST_MILLIS = 300;

  /** The eldest members decide; they are asked up to so many, 26 us per hundred (measured). */
  private static final int MOST_ASKED = 256;

  private Waits() {}

  static void sample(List<Suspect> suspects) {
    List<Suspect> asked = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    for (Suspect suspect : suspects) {
      Thread thread = suspect.thread();
      if (thread != null && thread.getState() == Thread.State.WAITING && ids.size() < MOST_ASKED) {
        asked.add(suspect);
        ids.add(thread.getId());
      }
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    ThreadInfo[] infos = threads.getThreadInfo(ids.stream().mapToLong(Long::longValue).toArray());
    for (int i = 0; i < infos.length; i++) {
      if (infos[i] != null) {
        note(asked.get(i), infos[i].getWaitedCount());
      }
    }
  }

  /** Returns the processor time of a thread; below 0 where that is not known. */
  static long cpuNanos(Thread thread) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
        ? threads.getThreadCpuTime(thread.getId())
        : -1;
  }

  private static void note(Suspect suspect, long waits) {
    suspect.reused |= suspect.waits >= 0 && waits > suspect.waits;
    suspect.waits = waits;
  }
}
