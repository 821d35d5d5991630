package io.leakguard;

import java.io.FileInputStream;
import java.io.IOException;

/**
 * The resident memory of the process outside its Java heap: where it has grown much, direct buffers
 * are worth a look.
 *
 * <p>Not proof of anything by itself: classes and compiled code grow too. Not thread-safe.
 */
final class ResidentMemory {
  /** Classes and code loaded after the first invocations rarely add more (MiB and share). */
  private static final long GROWN_MIB = 32;

  private static final int GROWN_SHARE = 4;

  /** The page size of every Lambda architecture; only the difference to the start matters. */
  private static final long PAGE_KIB = 4;

  private final String path;
  private final byte[] text = new byte[128];
  private boolean unknown;
  private long startMib = -1;

  ResidentMemory() {
    this("/proc/self/statm");
  }

  ResidentMemory(String path) {
    this.path = path;
  }

  /** Returns the resident MiB without the heap, at least 0; -1 where the system does not tell. */
  long outsideHeapMib() {
    long resident = residentMib();
    return resident < 0 ? -1 : Math.max(0, resident - (Runtime.getRuntime().totalMemory() >> 20));
  }

  /** Returns the resident MiB of this process; -1 where the system does not tell. About 6 us. */
  long residentMib() {
    if (unknown) {
      return -1;
    }
    try (FileInputStream in = new FileInputStream(path)) {
      long pages = secondNumber(in.read(text));
      unknown = pages < 0;
      return unknown ? -1 : (pages * PAGE_KIB) >> 10;
    } catch (IOException e) {
      unknown = true;
      return -1;
    }
  }

  /** The first number is the address space, the second what is resident. */
  private long secondNumber(int length) {
    int i = 0;
    while (i < length && text[i] != ' ') {
      i++;
    }
    long number = -1;
    for (i++; i < length && text[i] >= '0' && text[i] <= '9'; i++) {
      number = Math.max(number, 0) * 10 + text[i] - '0';
    }
    return number;
  }

  /** Takes what is resident now as what is normal. */
  void settle() {
    startMib = outsideHeapMib();
  }

  /** Says whether much more is resident than when it settled. */
  boolean hasGrown() {
    if (startMib < 0) {
      return false;
    }
    long grown = outsideHeapMib() - startMib;
    return grown >= GROWN_MIB && grown * GROWN_SHARE >= startMib;
  }
}
