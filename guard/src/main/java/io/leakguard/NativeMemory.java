package io.leakguard;

import java.io.FileInputStream;
import java.io.IOException;

/**
 * The memory of the process outside its Java heap: where it has grown much, direct buffers are
 * worth a look.
 *
 * <p>Two numbers must agree. What is resident grows as the heap's pages are touched for the first
 * time; what is mapped without the heap grows by a whole stack with each thread. Not proof of
 * anything by itself: classes and compiled code grow too. Not thread-safe.
 */
final class NativeMemory {
  /** Classes and code loaded after the first invocations rarely add more. */
  private static final long LEAST_MIB = 16;

  private static final long MOST_MIB = 32;

  /** The share of the heap's limit, which is the limit of direct memory too unless it is set. */
  private static final int SHARE = 16;

  /** The page size of every Lambda architecture; only the difference to the start matters. */
  private static final long PAGES_PER_MIB = 256;

  /** Fields, from 0: all of the address space, resident, shared, code, unused, data. */
  private static final int RESIDENT = 1;

  private static final int DATA = 5;

  private final String path;
  private final long muchMib;
  private final byte[] text = new byte[128];
  private boolean unknown;
  private boolean settled;
  private long residentMib;
  private long outsideHeapMib;
  private long residentAtStart;
  private long outsideHeapAtStart;

  NativeMemory(String path) {
    this(path, Runtime.getRuntime().maxMemory());
  }

  NativeMemory(String path, long maxHeap) {
    this.path = path;
    this.muchMib = Math.max(LEAST_MIB, Math.min((maxHeap >> 20) / SHARE, MOST_MIB));
  }

  /** Takes what there is now as what is normal. */
  void settle() {
    settled = read();
    residentAtStart = residentMib;
    outsideHeapAtStart = outsideHeapMib;
  }

  /** Says whether there is much more than when it settled; about 6 us. */
  boolean hasGrown() {
    return settled
        && read()
        && residentMib - residentAtStart >= muchMib
        && outsideHeapMib - outsideHeapAtStart >= muchMib;
  }

  /** False where the system does not tell. */
  private boolean read() {
    if (unknown) {
      return false;
    }
    try (FileInputStream in = new FileInputStream(path)) {
      int length = in.read(text);
      long resident = field(RESIDENT, length);
      long data = field(DATA, length);
      unknown = resident < 0 || data < 0;
      residentMib = resident / PAGES_PER_MIB;
      outsideHeapMib = data / PAGES_PER_MIB - (Runtime.getRuntime().totalMemory() >> 20);
    } catch (IOException e) {
      unknown = true;
    }
    return !unknown;
  }

  private long field(int wanted, int length) {
    int i = 0;
    for (int field = 0; field < wanted; field++) {
      while (i < length && text[i] != ' ') {
        i++;
      }
      i++;
    }
    long number = -1;
    for (; i < length && text[i] >= '0' && text[i] <= '9'; i++) {
      number = Math.max(number, 0) * 10 + text[i] - '0';
    }
    return number;
  }
}
