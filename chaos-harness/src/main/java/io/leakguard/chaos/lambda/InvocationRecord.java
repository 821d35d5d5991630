package io.leakguard.chaos.lambda;

import java.time.Duration;
import java.time.Instant;

/**
 * One invocation that has ended.
 *
 * @param requestId the id that the function saw
 * @param function the function's name
 * @param environment where it ran; null when no environment came up for it
 * @param coldStart whether it was the first of its environment
 * @param outcome how it ended
 * @param started when its event was delivered, or when it was accepted if it never was
 * @param duration from there to its end
 */
public record InvocationRecord(
    String requestId,
    String function,
    EnvironmentId environment,
    boolean coldStart,
    Outcome outcome,
    Instant started,
    Duration duration) {}
