package io.leakguard.chaos.verdict;

/**
 * The smallest fault that was found to leak still.
 *
 * @param faults what it is, for people
 * @param invocations invocations of each of its fault phases
 * @param replay the command that plays it again
 */
public record Minimized(String faults, int invocations, String replay) {}
