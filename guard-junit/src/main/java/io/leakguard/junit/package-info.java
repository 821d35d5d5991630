/**
 * Fails tests that leave threads behind: {@link io.leakguard.junit.LeakFree} on a method, a class,
 * or the whole run.
 *
 * <p>For JUnit 5.14 and 6. Configuration parameters (in {@code junit-platform.properties}, or as
 * system properties): {@code leakguard.junit.run} (true checks the whole run), {@code .ignore}
 * (rules, separated by semicolons), {@code .policy} ({@code FAIL} or {@code REPORT}), {@code
 * .grace} (such as {@code 430ms}), {@code .baseline} (a file) and {@code .baseline.write} (true
 * appends to it what is found).
 */
package io.leakguard.junit;
