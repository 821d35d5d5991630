package io.leakguard.chaos.lambda;

/** An invocation was refused because all of the function's environments are taken. */
public final class ThrottledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ThrottledException(String message) {
    super(message);
  }
}
