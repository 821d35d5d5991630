package io.leakguard;

/**
 * Counts in how many invocations a level reached a new high.
 *
 * <p>A leak reaches one again and again; what comes and goes, or is replaced, does not.
 */
final class Rises {
  private int high;
  private int rises;
  private long first;
  private long last;

  /** Takes in a level; true where it is a new high. Two rises in one invocation count as one. */
  boolean record(int level, long invocation) {
    if (level <= high) {
      return false;
    }
    high = level;
    if (rises == 0 || invocation != last) {
      rises++;
    }
    if (rises == 1) {
      first = invocation;
    }
    last = invocation;
    return true;
  }

  /** Returns the highest level so far. */
  int high() {
    return high;
  }

  /** Returns in how many invocations it rose. */
  int rises() {
    return rises;
  }

  /** Returns the invocation of the first rise; 0 where there was none. */
  long first() {
    return first;
  }

  /** Returns the invocation of the last rise; 0 where there was none. */
  long last() {
    return last;
  }
}
