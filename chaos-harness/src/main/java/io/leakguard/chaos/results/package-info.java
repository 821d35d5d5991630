/**
 * Results as they stand in {@code results.json}: read, masked, merged, accepted and compared. What
 * is absent is unknown, so that older files are read too.
 */
package io.leakguard.chaos.results;
