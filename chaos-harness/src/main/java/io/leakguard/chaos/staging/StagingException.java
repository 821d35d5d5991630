package io.leakguard.chaos.staging;

/** A staging run cannot begin or go on: the message says why, and what to do. */
public final class StagingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StagingException(String message) {
    super(message);
  }

  StagingException(String message, Throwable cause) {
    super(message, cause);
  }
}
