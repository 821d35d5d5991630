package io.leakguard.chaos.scenario;

import io.leakguard.chaos.process.JvmAttach;
import io.leakguard.chaos.process.JvmDump;
import io.leakguard.chaos.process.Vitals;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * Counts what an idle environment holds. Where something grew, a collection is forced first and
 * waited for, so that what only waits for the collector is not counted; where nothing grew there is
 * no need to. One environment is looked at by one thread at a time; thread-safe else.
 */
final class Looker {
  /** What a collection frees, the JDK's cleaner closes within some milliseconds. */
  private static final long SETTLE_MILLIS = 15;

  private static final int SETTLE_LOOKS = 8;

  /** When so many collections in a row gave nothing back, the next is that at the phase's end. */
  private static final int VAIN = 2;

  /**
   * One look.
   *
   * @param heapMegabytes after a collection; empty where none was forced
   * @param threadPrint the JVM's own dump of its threads; empty where none was asked for
   */
  record Look(Vitals vitals, OptionalDouble heapMegabytes, String threadPrint) {}

  /** How much of an environment is wanted. */
  enum Depth {
    /** A collection where something grew. */
    COUNT,
    /** A collection in any case, and the heap. */
    HEAP,
    /** That, and all stacks. */
    STACKS
  }

  /** What is remembered of an environment. */
  private static final class Past {
    private Vitals last;
    private int vain;
  }

  private final IntPredicate upstreamPort;
  private final Map<Long, Past> pasts = new HashMap<>();

  Looker(IntPredicate upstreamPort) {
    this.upstreamPort = upstreamPort;
  }

  /** Looks at a process; empty when it is gone. */
  Optional<Look> look(long pid, Depth depth) {
    Optional<Vitals> seen = Vitals.of(pid, upstreamPort);
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    Past past = past(pid);
    boolean grew = past.last == null || seen.get().exceeds(past.last);
    boolean collect = depth != Depth.COUNT || (grew && past.vain < VAIN);
    Look look =
        collect
            ? afterCollection(pid, seen.get(), depth)
            : new Look(seen.get(), OptionalDouble.empty(), "");
    past.vain = grew && collect ? vain(past, look) : grew ? past.vain : 0;
    past.last = look.vitals();
    return Optional.of(look);
  }

  private static int vain(Past past, Look look) {
    return past.last != null && look.vitals().exceeds(past.last) ? past.vain + 1 : 0;
  }

  private Past past(long pid) {
    synchronized (pasts) {
      return pasts.computeIfAbsent(pid, key -> new Past());
    }
  }

  private Look afterCollection(long pid, Vitals seen, Depth depth) {
    JvmAttach jvm = new JvmAttach(pid);
    try {
      jvm.run("GC.run");
      Vitals settled = settle(pid, seen);
      OptionalDouble heap = JvmDump.heapMegabytes(jvm.run("GC.heap_info"));
      String threads = depth == Depth.STACKS ? jvm.run("Thread.print") : "";
      return new Look(settled, heap, threads);
    } catch (IOException e) {
      // What was counted without a collection is still worth more than nothing.
      System.getLogger(Looker.class.getName())
          .log(System.Logger.Level.DEBUG, "no collection in " + pid + ": " + e.getMessage());
      return new Look(Vitals.of(pid, upstreamPort).orElse(seen), OptionalDouble.empty(), "");
    }
  }

  /** Waits until two looks in a row show the same, but not long. */
  private Vitals settle(long pid, Vitals seen) {
    Vitals last = seen;
    for (int i = 0; i < SETTLE_LOOKS; i++) {
      pause();
      Vitals now = Vitals.of(pid, upstreamPort).orElse(last);
      if (!now.exceeds(last) && !last.exceeds(now)) {
        return now;
      }
      last = now;
    }
    return last;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
