package io.leakguard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The threads that were alive at the last look.
 *
 * <p>A look costs one {@link ThreadGroup#enumerate(Thread[])} of the root group and a comparison by
 * identity, in the order of the last look, and allocates nothing while nothing changes. Only when
 * the order differs are threads looked up one by one. Not thread-safe.
 */
final class Roster {
  /** The clean path reads through {@link Sighting#get()}: unlike refersTo, C1 inlines it. */
  private static final int FIRST_SIZE = 64;

  private final ThreadGroup root;
  private Thread[] live = new Thread[FIRST_SIZE];
  private Sighting[] inOrder = new Sighting[FIRST_SIZE];
  private Sighting[] buckets = new Sighting[2 * FIRST_SIZE];
  private int count;
  private long looks;
  private final List<Sighting> born = new ArrayList<>();
  private final List<Sighting> ended = new ArrayList<>();

  Roster() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    this.root = group;
  }

  /** Looks at the live threads; true if any began or ended since the last look. */
  boolean look() {
    int alive = enumerate();
    boolean same = alive == count;
    for (int i = 0; same && i < alive; i++) {
      same = inOrder[i].get() == live[i];
    }
    if (!same) {
      born.clear();
      ended.clear();
      reconcile(alive);
    }
    // Nothing may keep a thread that ends later from being collected.
    Arrays.fill(live, 0, alive, null);
    return !same;
  }

  private int enumerate() {
    int alive = root.enumerate(live);
    // A full array may have cut threads off: enumerate never says so.
    while (alive == live.length) {
      live = new Thread[2 * live.length];
      alive = root.enumerate(live);
    }
    return alive;
  }

  private void reconcile(int alive) {
    looks++;
    Sighting[] before = inOrder;
    inOrder = new Sighting[live.length];
    for (int i = 0; i < alive; i++) {
      inOrder[i] = seen(live[i]);
      inOrder[i].lastLook = looks;
    }
    for (int i = 0; i < count; i++) {
      if (before[i].lastLook != looks) {
        remove(before[i]);
        ended.add(before[i]);
      }
    }
    count = alive;
  }

  private Sighting seen(Thread thread) {
    int hash = System.identityHashCode(thread);
    for (Sighting at = buckets[hash & (buckets.length - 1)]; at != null; at = at.next) {
      if (at.get() == thread) {
        return at;
      }
    }
    if (live.length * 2 > buckets.length) {
      grow(live.length * 2);
    }
    Sighting sighting = new Sighting(thread, hash, Sighting.Standing.FRESH);
    insert(sighting);
    born.add(sighting);
    return sighting;
  }

  private void insert(Sighting sighting) {
    int bucket = sighting.hash & (buckets.length - 1);
    sighting.next = buckets[bucket];
    buckets[bucket] = sighting;
  }

  private void remove(Sighting gone) {
    int bucket = gone.hash & (buckets.length - 1);
    if (buckets[bucket] == gone) {
      buckets[bucket] = gone.next;
      return;
    }
    for (Sighting at = buckets[bucket]; at != null; at = at.next) {
      if (at.next == gone) {
        at.next = gone.next;
        return;
      }
    }
  }

  private void grow(int size) {
    Sighting[] before = buckets;
    buckets = new Sighting[size];
    for (Sighting head : before) {
      Sighting at = head;
      while (at != null) {
        Sighting next = at.next;
        insert(at);
        at = next;
      }
    }
  }

  /** Returns the threads that began before the last look that saw a change. */
  List<Sighting> born() {
    return born;
  }

  /** Returns the threads that had ended by the last look that saw a change. */
  List<Sighting> ended() {
    return ended;
  }

  /** Returns one of the threads that were alive at the last look; from 0 to {@link #live()}. */
  Sighting at(int index) {
    return inOrder[index];
  }

  /** Makes all that are alive part of the baseline. */
  void acceptAll() {
    for (int i = 0; i < count; i++) {
      inOrder[i].standing = Sighting.Standing.ACCEPTED;
    }
  }

  /** Returns how many threads were alive at the last look. */
  int live() {
    return count;
  }

  /** Returns how many of them are neither baseline, nor runtime, nor ignored. */
  int surplus() {
    int surplus = 0;
    for (int i = 0; i < count; i++) {
      if (inOrder[i].standing != Sighting.Standing.ACCEPTED) {
        surplus++;
      }
    }
    return surplus;
  }
}
