package io.leakguard;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Finds the creation of a thread by the thread's id.
 *
 * <p>Inside a thread's constructor the thread cannot be seen, but its id can be told: a second
 * thread, made there and never started, takes a neighbouring id. It is the id after the new
 * thread's where ids are given at the beginning of the constructor (JDK 19 and later), the one
 * before where at its end (JDK 17); which one is measured when the index is made.
 *
 * <p>Threads created at the same moment may take the ids between. The ids of such probes show it,
 * and then no answer is given. Lock-free; at most {@value #SLOTS} ids are remembered, the newest
 * ones; creations are held weakly, so that each lives as long as its thread.
 */
final class CreationIndex {
  /** A power of two. Each creation uses two ids: these are the last 4,096 creations. */
  static final int SLOTS = 8_192;

  /** Stacks of living threads, 1 to 2 KB each. */
  private static final int MOST_STACKS = 2_048;

  private static final int TRIES = 24;
  private static final int AGREEING = 3;

  /** Creations that overlap have their probes close to each other. */
  private static final int NEIGHBOURS = 64;

  /** So many more other ids than probes, and what lies beyond did not overlap. */
  private static final int QUIET = 16;

  private final AtomicReferenceArray<Entry> slots = new AtomicReferenceArray<>(SLOTS);
  private final ReferenceQueue<Creation> collected = new ReferenceQueue<>();
  private final AtomicInteger stacks = new AtomicInteger();

  /** The new thread's id is the probe's and this: 1, -1, or 0 where that is not known. */
  private final int offset;

  private CreationIndex(int offset) {
    this.offset = offset;
  }

  /** Measures on the current thread which side of a probe a new thread's id is on. */
  static CreationIndex calibrated() {
    int before = 0;
    int after = 0;
    for (int i = 0; i < TRIES && before < AGREEING && after < AGREEING; i++) {
      long distance = Calibration.distance();
      before += distance == -1 ? 1 : 0;
      after += distance == 1 ? 1 : 0;
    }
    if (before >= AGREEING && after == 0) {
      return new CreationIndex(-1);
    }
    return new CreationIndex(after >= AGREEING && before == 0 ? 1 : 0);
  }

  /**
   * Takes an id; in the root group, where an unstarted thread keeps nothing from being destroyed.
   */
  static long probe() {
    return new Thread(LiveThreads.ROOT, null, "leakguard-probe", 0, false).getId();
  }

  /** Called in the constructor of a new thread, on its creating thread. */
  Creation add(Lineage parent) {
    // Nothing may take long between the two ids.
    long early = offset < 0 ? probe() : 0;
    forget();
    boolean withStack = stacks.get() < MOST_STACKS;
    Creation creation = Creation.byCurrentThread(parent, withStack);
    Entry entry = new Entry(creation, collected, withStack, false);
    stacks.addAndGet(withStack ? 1 : 0);
    entry.id = offset < 0 ? early : probe();
    slots.set(slot(entry.id), entry);
    return creation;
  }

  private void forget() {
    for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
      stacks.addAndGet(((Entry) gone).withStack ? -1 : 0);
    }
  }

  /** Called when the thread of a creation is known for certain. */
  void confirm(Creation creation, long threadId) {
    if (creation.confirmedId() == 0) {
      creation.confirm(threadId);
      Entry entry = new Entry(creation, null, false, true);
      entry.id = threadId;
      slots.set(slot(threadId), entry);
    }
  }

  /** Returns the creation of the thread with this id; null where it is not known for certain. */
  Creation find(long threadId) {
    Entry exact = entry(threadId);
    if (exact != null) {
      return exact.confirmed ? exact.get() : null;
    }
    long probe = threadId - offset;
    Entry probed = offset == 0 ? null : entry(probe);
    if (probed == null || probed.confirmed || !isAlone(probe)) {
      return null;
    }
    Creation creation = probed.get();
    return creation == null || isOther(creation, threadId) ? null : creation;
  }

  private static boolean isOther(Creation creation, long threadId) {
    long confirmed = creation.confirmedId();
    return confirmed != 0 && confirmed != threadId;
  }

  /**
   * Says whether no other creation was under way between the ids of probe and thread. Each has a
   * probe and a thread: going away from the pair, more probes than other ids means that a thread of
   * theirs may be the one that was taken for this one's.
   */
  private boolean isAlone(long probe) {
    int surplus = 0;
    for (int i = 1; i <= NEIGHBOURS && surplus > -QUIET; i++) {
      Entry neighbour = entry(probe - (long) i * offset);
      surplus += neighbour != null && !neighbour.confirmed ? 1 : -1;
      if (surplus > 0) {
        return false;
      }
    }
    return true;
  }

  private Entry entry(long id) {
    Entry entry = slots.get(slot(id));
    return entry != null && entry.id == id ? entry : null;
  }

  private static int slot(long id) {
    return (int) (id & (SLOTS - 1));
  }

  /** A creation under the id of its probe, or under that of its thread once that is certain. */
  private static final class Entry extends WeakReference<Creation> {
    final boolean withStack;
    final boolean confirmed;
    long id;

    Entry(Creation creation, ReferenceQueue<Creation> queue, boolean withStack, boolean confirmed) {
      super(creation, queue);
      this.withStack = withStack;
      this.confirmed = confirmed;
    }
  }

  /** Hands down nothing: its call during a thread's construction is what counts. */
  private static final class Calibration extends InheritableThreadLocal<long[]> {
    private static final Calibration PROBED = new Calibration();

    /** Creates one thread, never started; returns its id less that of the probe. */
    static long distance() {
      long[] probe = new long[1];
      PROBED.set(probe);
      try {
        Thread child = new Thread(LiveThreads.ROOT, null, "leakguard-calibration", 0, true);
        return child.getId() - probe[0];
      } finally {
        PROBED.remove();
      }
    }

    @Override
    protected long[] childValue(long[] probe) {
      probe[0] = probe();
      return null;
    }
  }
}
