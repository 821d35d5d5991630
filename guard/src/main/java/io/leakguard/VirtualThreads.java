package io.leakguard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Looks at virtual threads in samples, beside the invocations: no enumeration shows them.
 *
 * <p>Made when the first carrier thread is seen, and not loaded before. From then on every
 * beginning of an invocation is marked, and at the end of some a look begins on a thread of the
 * guard's own; the end of a later one picks up what it saw. A look that runs while no invocation
 * does costs nobody anything; what overlaps invocations is held to {@link VirtualBudget}, but for
 * the first two looks, of which one loads the classes and the other shows what a look costs here,
 * and for a few more where virtual threads did outlive their invocation: a function that uses them
 * rightly leaves none. Thread-safe; nothing here throws.
 */
final class VirtualThreads {
  private static final int FREE_LOOKS = 2;
  private static final int MOST_FAILURES = 3;

  /** Where some outlived their invocation, so many looks are made at once and not charged. */
  private static final int LOOKS_ON_SUSPICION = 8;

  /** An end of an invocation waits for a look so many times in the life of an environment. */
  private static final int MOST_WAITS = 8;

  /** From here on the first look is waited for: a leak has then been repeated often enough. */
  private static final int INVOCATIONS_WITHOUT_LOOK = 4;

  /** Time for the response to leave, and for what is about to end. */
  private static final long BEFORE_LOOK_NANOS = 1_000_000;

  private static final long FIRST_PAUSE_NANOS = 200_000;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000;

  private final VirtualSource source;
  private final Executor worker;
  private final Host host;
  private final VirtualWatermarks marks;
  private final VirtualInvocations invocations;
  private final VirtualPace pace = new VirtualPace();
  private final VirtualBudget budget = new VirtualBudget();

  private long busyAtLastEnd;
  private boolean looking;
  private int looks;
  private int waits;
  private long lastCost;
  private long costBefore;
  private long newestBirth;
  private boolean growing;
  private VirtualLook newest;
  private int failures;
  private Throwable failure;

  VirtualThreads(VirtualSource source, Executor worker, long invocation, Host host) {
    this.source = source;
    this.worker = worker;
    this.host = host;
    this.marks = new VirtualWatermarks(invocation);
    this.invocations = new VirtualInvocations(invocation);
  }

  /**
   * Begins to watch.
   *
   * @param invocation the newest invocation that has begun, 0 before the first: all virtual threads
   *     that live now are charged to it
   */
  static VirtualThreads carrierSeen(long invocation, Host host) {
    return new VirtualThreads(new VirtualDump(), VirtualWorker.executor(), invocation, host);
  }

  /** Called when an invocation begins, with its number. */
  void begin(long invocation) {
    marks.mark(invocation, VirtualWatermarks.nextId());
    synchronized (this) {
      invocations.begin(invocation, host.nanoTime());
    }
  }

  /**
   * Called when an invocation has ended, with its number.
   *
   * @param patience the most nanoseconds to wait; it waits five times in all at most, where the
   *     last look showed new threads of several invocations or the first look takes long
   * @return the newest look that was not returned before; null where there is none
   */
  VirtualLook end(long invocation, long patience) {
    boolean urgent;
    synchronized (this) {
      long now = host.nanoTime();
      invocations.end(invocation, now);
      long busy = invocations.busyUntil(now);
      pace.ended(busy - busyAtLastEnd);
      budget.ended(busy - busyAtLastEnd);
      busyAtLastEnd = busy;
      urgent = patience > 0 && waits < MOST_WAITS && isUrgent();
      if (mayLook()) {
        begin(urgent);
      }
      urgent = urgent && looking;
      waits += urgent ? 1 : 0;
    }
    if (urgent) {
      await(patience);
    }
    return take();
  }

  private boolean isUrgent() {
    return growing
        || isSuspicious()
        || (looks == 0 && pace.invocations() >= INVOCATIONS_WITHOUT_LOOK);
  }

  private boolean mayLook() {
    return !looking
        && failures < MOST_FAILURES
        && (isSuspicious()
            || (pace.isDue()
                && (looks < FREE_LOOKS || budget.allows(Math.max(lastCost, costBefore)))));
  }

  private boolean isSuspicious() {
    return newestBirth > 0 && looks < LOOKS_ON_SUSPICION;
  }

  private void begin(boolean urgent) {
    looking = true;
    pace.begun();
    try {
      worker.execute(new Runner(this, urgent));
    } catch (Throwable noThread) {
      failed(noThread);
    }
  }

  /** A named class: this may be the first invocation of a JVM that has linked no lambda yet. */
  private record Runner(VirtualThreads threads, boolean urgent) implements Runnable {
    @Override
    public void run() {
      threads.look(urgent);
    }
  }

  private void look(boolean urgent) {
    try {
      if (!urgent) {
        host.pause(BEFORE_LOOK_NANOS);
      }
      boolean again = look();
      if (again) {
        look();
      }
    } catch (Throwable failed) {
      failed(failed);
    }
  }

  private boolean look() throws Exception {
    long begun = host.nanoTime();
    long busy = busyUntil(begun);
    source.prepare();
    long horizon = horizon();
    VirtualListing seen = source.look();
    long end = host.nanoTime();
    return looked(lookOf(seen, horizon), Math.min(end - begun, busyUntil(end) - busy));
  }

  private synchronized long busyUntil(long now) {
    return invocations.busyUntil(now);
  }

  /** Taken before the look: what begins while it is under way is not judged by it. */
  private synchronized long horizon() {
    return invocations.horizon();
  }

  private VirtualLook lookOf(VirtualListing seen, long horizon) {
    long madeLater = VirtualWatermarks.nextId();
    List<Virtual> living = new ArrayList<>();
    for (Virtual virtual : seen.threads()) {
      // An id of the future is a name that imitates a thread dump.
      if (virtual.id() < madeLater) {
        living.add(virtual.bornIn(marks.birthOf(virtual.id())));
      }
    }
    return new VirtualLook(living, horizon, seen.complete());
  }

  /** Returns whether another look is to follow at once, as after a first one with survivors. */
  private synchronized boolean looked(VirtualLook look, long cost) {
    looks++;
    failures = 0;
    newest = look;
    if (looks > 1) {
      budget.spent(cost);
      costBefore = lastCost;
      lastCost = cost;
    }
    long birth = look.newestBirth();
    boolean news = birth > newestBirth;
    newestBirth = Math.max(newestBirth, birth);
    growing = news && look.isOfSeveralInvocations();
    pace.looked(news);
    // The first look is so slow that invocations may have ended since, and there may be few more.
    looking = looks == 1 && news && invocations.horizon() > look.horizon();
    return looking;
  }

  private synchronized void failed(Throwable thrown) {
    looking = false;
    failures++;
    pace.looked(false);
    if (failure == null) {
      failure = thrown;
    }
  }

  private void await(long patience) {
    long begun = host.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    for (long left = patience; left > 0 && isLooking(); left = patience - waited(begun)) {
      host.pause(Math.min(pause, left));
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
  }

  private long waited(long since) {
    return host.nanoTime() - since;
  }

  private synchronized boolean isLooking() {
    return looking;
  }

  /** Returns the newest look that was not returned before; null where there is none. */
  synchronized VirtualLook take() {
    VirtualLook look = newest;
    newest = null;
    return look;
  }

  /**
   * Returns why looks failed, once; null where none did since last asked. After three failures in a
   * row there are no more looks.
   */
  synchronized Throwable takeFailure() {
    Throwable thrown = failure;
    failure = null;
    return thrown;
  }
}
