/**
 * Finds the threads that a Lambda invocation leaves behind; {@link io.leakguard.LeakGuard} is the
 * entry point, and {@link io.leakguard.GuardedHandler} the one without code.
 *
 * <p>Only these, the builder and {@link io.leakguard.IgnoreRule} are for users. How a thread is
 * described lives in {@link io.leakguard.diagnosis} and knows neither Lambda nor metrics.
 */
package io.leakguard;
