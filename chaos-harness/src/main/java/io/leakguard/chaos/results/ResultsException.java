package io.leakguard.chaos.results;

/** A file of results, or one that goes with them, cannot be used; the message says why. */
public final class ResultsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ResultsException(String message) {
    super(message);
  }

  ResultsException(String message, Throwable cause) {
    super(message, cause);
  }
}
