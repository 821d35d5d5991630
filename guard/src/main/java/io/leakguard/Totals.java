package io.leakguard;

/**
 * The gauges of the environment.
 *
 * @param live threads alive at the end of the invocation
 * @param surplus of these, neither in the baseline nor ignored
 * @param leaked of these, judged leaked
 */
record Totals(int live, int surplus, int leaked) {}
