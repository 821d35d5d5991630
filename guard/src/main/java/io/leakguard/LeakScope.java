package io.leakguard;

import io.leakguard.diagnosis.ThreadFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A check that runs: it began on a thread and is to be ended there.
 *
 * <p>Made by {@link LeakCheck#begin}. Other scopes may begin and end at any time on any thread.
 */
public final class LeakScope {
  /** What is closed has mostly ended by then, and needs no stack trace. */
  private static final Duration WITHOUT_STACKS = Duration.ofMillis(10);

  private final String name;
  private final LeakScope within;
  private final LeakCheck check;
  private final ScopeRegistry registry;
  private final Set<Long> before = new HashSet<>();
  private final OriginScope origin;

  /** The highest thread id that a scope which ran at the same time may have given out. */
  private long contestedUpTo;

  LeakScope(String name, LeakScope within, LeakCheck check, ScopeRegistry registry) {
    this.name = name;
    this.within = within;
    this.check = check;
    this.registry = registry;
    registry.begin(this);
    for (Thread thread : LiveThreads.now()) {
      before.add(thread.getId());
    }
    this.origin = Origins.openCheck(name);
  }

  /**
   * Names what the current thread creates from now on; it is charged to this scope all the same.
   * For a scope with parts on several threads, such as a test run.
   *
   * @param name as the report is to name it; not null
   * @return to be ended on the same thread
   */
  public Part part(String name) {
    registry.runsOn(Thread.currentThread());
    return new Part(Origins.openPart(name, origin));
  }

  /**
   * Ends the check after at most the grace it was configured with; see {@link #end(Duration)}.
   *
   * @return what was left behind
   */
  public LeakReport end() {
    return end(check.grace());
  }

  /**
   * Ends the check: waits for what was created to end, and reports what has not.
   *
   * @param grace how long to wait at most; threads that are certain to end soon (workers of a pool
   *     that was shut down) may be waited for up to two seconds longer
   * @return the report; empty if nothing was left behind. Every thread is reported once
   */
  public LeakReport end(Duration grace) {
    Origins.close(origin);
    long deadline = check.host().nanoTime() + grace.toNanos();
    List<Thread> candidates = registry.candidates(this, check);
    List<Survivor> survivors = survivors(new ArrayList<>(candidates), grace);
    if (origin.hasCreated()) {
      survivors.addAll(VirtualSurvivors.of(origin, check, deadline));
    }
    return registry.end(this, candidates, survivors);
  }

  private List<Survivor> survivors(List<Thread> left, Duration grace) {
    Grace patience = new Grace(check.host());
    Duration first = grace.compareTo(WITHOUT_STACKS) < 0 ? grace : WITHOUT_STACKS;
    patience.await(left, first);
    // Nobody is to wait for what a rule about frames accepts.
    left.removeIf(thread -> Survivor.isIgnored(thread, ThreadFacts.of(thread), check));
    patience.await(left, grace.minus(first));
    return Survivor.of(left, check);
  }

  /** {@return the name that reports use} */
  public String name() {
    return name;
  }

  OriginScope origin() {
    return origin;
  }

  boolean wasBefore(long threadId) {
    return before.contains(threadId);
  }

  /** Says whether one of the two is a part of the other. */
  boolean isKinOf(LeakScope other) {
    return isWithin(other) || other.isWithin(this);
  }

  private boolean isWithin(LeakScope other) {
    LeakScope scope = this;
    while (scope != null && scope != other) {
      scope = scope.within;
    }
    return scope == other;
  }

  /** Guarded by the registry. */
  void contestUpTo(long threadId) {
    contestedUpTo = Math.max(contestedUpTo, threadId);
  }

  /** Guarded by the registry. */
  boolean isContested(long threadId) {
    return threadId <= contestedUpTo;
  }

  /** A named part of a scope on one thread. */
  public static final class Part {
    private final OriginScope origin;

    Part(OriginScope origin) {
      this.origin = origin;
    }

    /** Ends the part, on the thread that began it. */
    public void end() {
      Origins.close(origin);
    }
  }
}
