/**
 * Finds the threads that a Lambda invocation leaves behind; {@link io.leakguard.LeakGuard} is the
 * entry point, and {@link io.leakguard.GuardedHandler} the one without code.
 *
 * <p>Outside of Lambda, {@link io.leakguard.LeakCheck} looks for what a piece of code leaves
 * behind.
 *
 * <p>Only what is public is for users. How a thread is described lives in {@link
 * io.leakguard.diagnosis} and knows neither Lambda nor metrics.
 */
package io.leakguard;
