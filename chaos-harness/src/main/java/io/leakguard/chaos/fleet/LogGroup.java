package io.leakguard.chaos.fleet;

/**
 * A log group.
 *
 * @param arn empty where it is not known
 * @param retentionDays 0 for ever
 */
record LogGroup(String name, String arn, int retentionDays) {}
