package io.leakguard.gauntlet.cases;

/**
 * Why no rule inside the process can decide a case in five invocations.
 *
 * @param why what looks the same and is of the other kind
 * @param decidedBy what would decide it
 */
public record Undecidable(String why, String decidedBy) {}
