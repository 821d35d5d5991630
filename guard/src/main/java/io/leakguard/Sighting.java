package io.leakguard;

import java.lang.ref.WeakReference;

/**
 * One thread that was seen, by identity; held weakly, so that the guard never keeps a thread alive.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Sighting extends WeakReference<Thread> {
  /** What is known of the thread. */
  enum Standing {
    /** In the baseline, a runtime thread, or ignored by a rule. */
    ACCEPTED,
    /** Seen, and not yet judged. */
    FRESH,
    /** Survived its invocation: part of a group. */
    SUSPECT
  }

  final int hash;
  Sighting next;
  Standing standing;

  /** The stamp of the last look that saw it alive. */
  long lastLook;

  /** The highest invocation number that was given out when it was first seen. */
  long firstSeen;

  /** The request at whose end it was first seen; null where that is not known. */
  String requestId;

  /** The thawed time at which it was first seen. */
  long firstSeenThawed;

  /** First seen when an invocation was about to begin: it may belong to none. */
  boolean seenAtBegin;

  /** Who created it; null where that is not known. */
  Origin origin;

  /** How often the judgement was put off because the thread seemed about to end. */
  int putOff;

  /** True once the settle time was spent on it. */
  boolean settled;

  Suspect suspect;

  /** How it stood at the last end of an invocation that was looked at: see {@link Postures}. */
  Thread.State state;

  Class<?> waitedFor;
  int unchanged;
  boolean changedOnce;
  long stoodSince;

  Sighting(Thread thread, int hash, Standing standing) {
    super(thread);
    this.hash = hash;
    this.standing = standing;
  }

  boolean isAlive() {
    Thread thread = get();
    return thread != null && thread.isAlive();
  }
}
