package io.leakguard.chaos.report;

import io.leakguard.chaos.verdict.Judgement;

/**
 * One function in one shape.
 *
 * @param function the function's logical id
 * @param deployed whether a plain deploy would deploy it; {@code false} when its condition is false
 * @param shape the shape's name
 * @param judgement the verdict and its reasons
 * @param replay the command that plays this cell again
 */
public record Cell(
    String function, boolean deployed, String shape, Judgement judgement, String replay) {}
