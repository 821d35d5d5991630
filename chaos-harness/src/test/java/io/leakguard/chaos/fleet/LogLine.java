package io.leakguard.chaos.fleet;

import java.time.Instant;

/** One log event of a log group. */
record LogLine(Instant time, String logGroup, String message) {}
