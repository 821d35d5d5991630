package io.leakguard.chaos.verdict;

/**
 * How often a cell was played.
 *
 * @param runs how often
 * @param same how many of them had the verdict that most had
 */
public record Repeats(int runs, int same) {}
