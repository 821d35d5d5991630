package io.leakguard.chaos.fleet;

/**
 * A log group.
 *
 * @param arn empty where it is not known
 * @param retentionDays 0 for ever
 * @param isStandard whether it is of the class in which metrics are found in lines
 */
record LogGroup(String name, String arn, int retentionDays, boolean isStandard) {}
