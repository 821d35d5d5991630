package io.leakguard.chaos.sam;

/**
 * A function of the template that cannot be run locally.
 *
 * @param logicalId the key under {@code Resources}
 * @param reason one line for the user, beginning with the place ({@code template.yaml:14: ...})
 */
public record SkippedFunction(String logicalId, String reason) {}
