package io.leakguard;

import java.util.OptionalLong;

/**
 * The gauges of the environment.
 *
 * @param live threads alive at the end of the invocation
 * @param surplus of these, neither in the baseline nor ignored
 * @param leaked threads judged leaked: of the surplus, workers that are stuck, virtual threads
 * @param suspects threads of the surplus that are not decided
 * @param descriptors open file descriptors at the last look; below 0 where that is not known
 * @param invocationsLeft until the environment has no threads or descriptors left; empty where
 *     nothing grows
 */
record Totals(
    int live,
    int surplus,
    int leaked,
    int suspects,
    int descriptors,
    OptionalLong invocationsLeft) {}
