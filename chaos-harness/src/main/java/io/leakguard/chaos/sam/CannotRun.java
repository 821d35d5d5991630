package io.leakguard.chaos.sam;

/** Ends the reading of one function that cannot be run; never leaves the package. */
final class CannotRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotRun(String reason) {
    super(reason, null, false, false);
  }
}
