package io.leakguard.chaos.results;

/**
 * A finding that somebody has accepted for a while.
 *
 * @param fingerprint which finding
 * @param function only in this function; empty for all
 * @param shape only under this shape; empty for all
 * @param reason why
 * @param until the last day on which it counts, {@code yyyy-mm-dd}
 * @param expired whether that day has passed: then the finding counts again
 * @param used whether the run has such a finding
 */
public record Acceptance(
    String fingerprint,
    String function,
    String shape,
    String reason,
    String until,
    boolean expired,
    boolean used) {
  public Acceptance {
    fingerprint = Absent.text(fingerprint);
    function = Absent.text(function);
    shape = Absent.text(shape);
    reason = Absent.text(reason);
    until = Absent.text(until);
  }

  boolean isAbout(String cellFunction, String cellShape, String key) {
    return fingerprint.equals(key)
        && (function.isEmpty() || function.equals(cellFunction))
        && (shape.isEmpty() || shape.equals(cellShape));
  }

  Acceptance asUsed() {
    return new Acceptance(fingerprint, function, shape, reason, until, expired, true);
  }
}
