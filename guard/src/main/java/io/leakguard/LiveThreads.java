package io.leakguard;

import java.util.Arrays;
import java.util.List;

/** The platform threads that are alive. */
final class LiveThreads {
  /** The group that all others are in. */
  static final ThreadGroup ROOT = root();

  private LiveThreads() {}

  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }

  static List<Thread> now() {
    Thread[] live = new Thread[Math.max(16, 2 * ROOT.activeCount())];
    int count = ROOT.enumerate(live);
    // A full array may have cut threads off: enumerate never says so.
    while (count == live.length) {
      live = new Thread[2 * live.length];
      count = ROOT.enumerate(live);
    }
    return List.of(Arrays.copyOf(live, count));
  }
}
