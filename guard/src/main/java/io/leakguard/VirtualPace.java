package io.leakguard;

/**
 * When a look is worth its cost: soon while there is something new, ever more rarely while there is
 * not. Not thread-safe.
 */
final class VirtualPace {
  private static final long SHORTEST = 4;
  private static final long LONGEST = 1_000;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  /** While something is new: a leak that is known needs no look after every invocation. */
  private static final long LONGEST_WHILE_NEW = 16;

  private long ended;
  private long sinceLook;
  private long nanosSinceLook;
  private long interval = 1;
  private boolean wasNews;

  void ended(long nanos) {
    ended++;
    sinceLook++;
    nanosSinceLook += nanos;
  }

  /** Returns how many invocations have ended since virtual threads were first seen. */
  long invocations() {
    return ended;
  }

  boolean isDue() {
    return sinceLook >= interval || nanosSinceLook >= LONGEST_NANOS;
  }

  void begun() {
    sinceLook = 0;
    nanosSinceLook = 0;
  }

  /** Sets the pace by what a look saw: whether threads survived that were not there before. */
  void looked(boolean news) {
    // A sixteenth of the life so far: a leak at every tenth invocation shows within 60 of them.
    long most = Math.min(LONGEST, Math.max(SHORTEST, ended / 16));
    if (news) {
      interval = wasNews ? Math.min(2 * interval, LONGEST_WHILE_NEW) : 1;
    } else {
      interval = Math.min(2 * interval, most);
    }
    wasNews = news;
  }
}
