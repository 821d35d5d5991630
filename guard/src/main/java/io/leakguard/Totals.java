package io.leakguard;

/**
 * The gauges of the environment.
 *
 * @param live threads alive at the end of the invocation
 * @param surplus of these, neither in the baseline nor ignored
 * @param leaked threads judged leaked: of the surplus, workers that are stuck, virtual threads
 * @param suspects threads of the surplus that are not decided
 */
record Totals(int live, int surplus, int leaked, int suspects) {}
