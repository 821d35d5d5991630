package io.leakguard;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The invocations that run now, and the runtime's threads that run them.
 *
 * <p>Single mode has one lane; with concurrent invocations in one environment there are several.
 * Thread-safe, and never blocked by a check.
 */
final class Lanes {
  /** The ticket of a wrapped handler that was called by a wrapped handler. */
  static final long NESTED = 0;

  private long[] running = new long[4];
  private Thread[] runners = new Thread[4];
  private int active;
  private long last;
  private int mostAtOnce = 1;
  private long thawed;
  private long thawedSince;
  private final List<WeakReference<Thread>> seen = new ArrayList<>();

  /** Begins an invocation on the current thread; returns its number, counting from 1. */
  synchronized long enter(Thread runner, long nanoTime) {
    if (numberOf(runner) != NESTED) {
      return NESTED;
    }
    remember(runner);
    if (active == 0) {
      thawedSince = nanoTime;
    }
    if (active == running.length) {
      running = Arrays.copyOf(running, 2 * active);
      runners = Arrays.copyOf(runners, 2 * active);
    }
    running[active] = ++last;
    runners[active] = runner;
    active++;
    mostAtOnce = Math.max(mostAtOnce, active);
    return last;
  }

  synchronized void leave(long ticket, long nanoTime) {
    for (int i = 0; i < active; i++) {
      if (running[i] == ticket) {
        active--;
        running[i] = running[active];
        runners[i] = runners[active];
        runners[active] = null;
        if (active == 0) {
          thawed += nanoTime - thawedSince;
        }
        return;
      }
    }
  }

  private void remember(Thread runner) {
    for (int i = seen.size() - 1; i >= 0; i--) {
      Thread known = seen.get(i).get();
      if (known == runner) {
        return;
      }
      if (known == null) {
        seen.remove(i);
      }
    }
    seen.add(new WeakReference<>(runner));
  }

  /** Says whether the thread has ever run an invocation: then it is the runtime's own. */
  synchronized boolean isRunner(Thread thread) {
    for (WeakReference<Thread> runner : seen) {
      if (runner.get() == thread) {
        return true;
      }
    }
    return false;
  }

  /** Returns the invocation that a thread runs now; {@link #NESTED} where it runs none. */
  synchronized long numberOf(Thread runner) {
    for (int i = 0; i < active; i++) {
      if (runners[i] == runner) {
        return running[i];
      }
    }
    return NESTED;
  }

  /** Returns the number of the newest invocation that has begun. */
  synchronized long last() {
    return last;
  }

  /**
   * Says whether every invocation has ended that was running when this number was the newest one:
   * only then can what was seen at that time be charged to them.
   */
  synchronized boolean allEndedUpTo(long number) {
    for (int i = 0; i < active; i++) {
      if (running[i] <= number) {
        return false;
      }
    }
    return true;
  }

  /** Returns how long invocations ran so far; several at once count once. */
  synchronized long thawedNanos(long nanoTime) {
    return active == 0 ? thawed : thawed + nanoTime - thawedSince;
  }

  /** Says whether no invocation runs. */
  synchronized boolean areIdle() {
    return active == 0;
  }

  /** Returns the most invocations that ever ran at the same time. */
  synchronized int mostAtOnce() {
    return mostAtOnce;
  }
}
