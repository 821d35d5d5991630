package io.leakguard;

import java.util.List;

/**
 * The virtual threads that live, their births not known yet.
 *
 * @param threads all but the JDK's own; not copied
 * @param complete false where more were alive than are listed
 */
record VirtualListing(List<Virtual> threads, boolean complete) {}
