package io.leakguard;

/** Where a look comes from. */
interface VirtualSource {
  /** Does what only the first look needs, so that the look itself is short. */
  void prepare() throws Exception;

  /** Looks now. */
  Seen look() throws Exception;

  /**
   * What was seen.
   *
   * @param complete false where more were alive than are listed
   */
  record Seen(Iterable<Virtual> threads, boolean complete) {}
}
