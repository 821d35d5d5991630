package io.leakguard;

import java.util.Arrays;

/**
 * Tells from a thread's id in which invocation it was made.
 *
 * <p>Ids rise, and virtual threads take theirs from the same counter as platform threads (JDK 21 to
 * 25): an id that is taken when an invocation begins parts what was made before from what is made
 * after. Bounded: the older marks are, the fewer are kept. Thread-safe.
 */
final class VirtualWatermarks {
  private static final int MOST = 8_192;

  /** A birth is known to a part of this size of its age; the last thousand births are exact. */
  private static final long EXACTNESS = 512;

  private final long first;
  private long[] ids = new long[64];
  private long[] invocations = new long[64];
  private int count;

  /**
   * Starts without marks.
   *
   * @param first the invocation that all threads made before the first mark are charged to
   */
  VirtualWatermarks(long first) {
    this.first = first;
  }

  /** Takes an id; a thread that is never started costs no more than the object. */
  static long nextId() {
    return new Thread(null, null, "leakguard-mark", 0, false).getId();
  }

  /** Marks the beginning of an invocation. */
  synchronized void mark(long invocation, long id) {
    // Invocations that begin at the same time may come in either order; the newest is what counts.
    if (count > 0 && (invocation <= invocations[count - 1] || id <= ids[count - 1])) {
      return;
    }
    if (count == MOST) {
      thinOut();
    } else if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
      invocations = Arrays.copyOf(invocations, 2 * count);
    }
    ids[count] = id;
    invocations[count] = invocation;
    count++;
  }

  private void thinOut() {
    for (long exactness = EXACTNESS; count > MOST / 4 * 3; exactness /= 2) {
      thinOut(exactness);
    }
  }

  /** Gives up marks where what remains is still as exact as its age allows. */
  private void thinOut(long exactness) {
    long newest = invocations[count - 1];
    int kept = 1;
    for (int i = 1; i < count; i++) {
      boolean isLast = i == count - 1;
      long gap = isLast ? Long.MAX_VALUE : invocations[i + 1] - invocations[kept - 1];
      if (gap > (newest - invocations[i]) / exactness) {
        ids[kept] = ids[i];
        invocations[kept] = invocations[i];
        kept++;
      }
    }
    count = kept;
  }

  /** Returns the newest marked invocation that began before the thread of this id was made. */
  synchronized long birthOf(long id) {
    int found = Arrays.binarySearch(ids, 0, count, id);
    int before = (found < 0 ? -found - 1 : found) - 1;
    return before < 0 ? first : invocations[before];
  }
}
