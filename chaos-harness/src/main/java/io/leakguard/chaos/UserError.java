package io.leakguard.chaos;

/**
 * Something that the user can mend: the message says what, where and how, in one to three lines.
 */
final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserError(String message) {
    super(message);
  }

  UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
