package io.leakguard;

import java.util.Arrays;

/** Which invocations run, and how much time has passed while any did; not thread-safe. */
final class VirtualInvocations {
  private long[] running = new long[4];
  private int active;
  private long newest;
  private long busy;
  private long busySince;

  VirtualInvocations(long newest) {
    this.newest = newest;
  }

  void begin(long invocation, long now) {
    if (active == running.length) {
      running = Arrays.copyOf(running, 2 * active);
    }
    if (active == 0) {
      busySince = now;
    }
    running[active++] = invocation;
    newest = Math.max(newest, invocation);
  }

  /** Ends an invocation; one that is not known to run changes nothing. */
  void end(long invocation, long now) {
    for (int i = 0; i < active; i++) {
      if (running[i] == invocation) {
        running[i] = running[--active];
        if (active == 0) {
          busy += now - busySince;
        }
        return;
      }
    }
  }

  /** Returns the nanoseconds until now in which at least one invocation ran. */
  long busyUntil(long now) {
    return active == 0 ? busy : busy + (now - busySince);
  }

  /** Returns the oldest invocation that runs, or the next one where none does. */
  long horizon() {
    long oldest = newest + 1;
    for (int i = 0; i < active; i++) {
      oldest = Math.min(oldest, running[i]);
    }
    return oldest;
  }
}
