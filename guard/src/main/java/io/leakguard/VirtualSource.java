package io.leakguard;

/** Where a look comes from. */
interface VirtualSource {
  /** Does what only the first look needs, so that the look itself is short. */
  void prepare() throws Exception;

  /** Looks now. */
  VirtualListing look() throws Exception;
}
