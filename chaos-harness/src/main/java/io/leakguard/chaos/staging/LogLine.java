package io.leakguard.chaos.staging;

import java.time.Instant;

/**
 * One event of a log group.
 *
 * @param stream the environment that wrote it
 */
record LogLine(String stream, Instant at, String text) {}
