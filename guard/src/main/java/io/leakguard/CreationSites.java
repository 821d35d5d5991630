package io.leakguard;

/**
 * When the guard begins to record which code starts threads.
 *
 * <p>A pool's idle worker has no frame of the code that made the pool; only a record of its start
 * has.
 */
public enum CreationSites {
  /**
   * After the first suspect; the default. A leak repeats, so the next thread of it is recorded, and
   * a function without suspects pays nothing.
   */
  ON_SUSPICION,

  /** From the first guard on; for tests, where a leak need not repeat. Costs cold start. */
  ALWAYS,

  /** Not at all, unless {@link LeakGuard#label labels} are used: they need the same record. */
  NEVER
}
