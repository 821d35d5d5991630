package io.leakguard.chaos.report;

/**
 * A shape that a function could not be played with.
 *
 * @param function the function's logical id
 * @param shape the shape's name
 * @param reason in words
 */
public record ShapeNotRun(String function, String shape, String reason) {}
