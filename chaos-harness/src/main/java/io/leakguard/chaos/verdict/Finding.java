package io.leakguard.chaos.verdict;

import java.util.List;

/**
 * One thing that a function leaves behind. {@code null} where a field means nothing for the kind or
 * is not known.
 *
 * @param kind {@code thread}, {@code virtual-thread}, {@code socket}, {@code descriptor}, {@code
 *     backlog} or {@code duplicate}
 * @param fingerprint the guard's, for threads
 * @param family threads: the name without its numbers; sockets: what they are connected to
 * @param perInvocation how many more after each invocation
 * @param heals whether they were gone at the end of the recovery phase, or after a minute idle
 * @param alive how many there were at last
 * @param state thread state or TCP state
 * @param stack innermost frame first
 * @param createdBy who started the thread
 * @param diagnosis what it means and what to change
 * @param requestId an invocation that left one
 */
public record Finding(
    String kind,
    String fingerprint,
    String family,
    double perInvocation,
    boolean heals,
    int alive,
    String state,
    List<String> stack,
    String createdBy,
    String diagnosis,
    String requestId) {

  /** The same thing, after it was looked whether it goes away. */
  Finding healing(boolean seen) {
    return new Finding(
        kind,
        fingerprint,
        family,
        perInvocation,
        seen,
        alive,
        state,
        stack,
        createdBy,
        diagnosis,
        requestId);
  }
}
