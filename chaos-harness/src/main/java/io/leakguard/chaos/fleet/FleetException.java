package io.leakguard.chaos.fleet;

/**
 * Why the logs of a fleet could not be read; the message is for the user, in one to three lines.
 */
public final class FleetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FleetException(String message) {
    super(message);
  }

  FleetException(String message, Throwable cause) {
    super(message, cause);
  }
}
