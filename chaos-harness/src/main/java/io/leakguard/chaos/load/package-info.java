/**
 * Load on functions, as the harness asks for it: a {@link io.leakguard.chaos.load.LoadPlan} goes to
 * a {@link io.leakguard.chaos.load.LoadDriver}, which has it sent by Gatling in a JVM of its own,
 * and a {@link io.leakguard.chaos.load.LoadResult} comes back.
 */
package io.leakguard.chaos.load;
