package io.leakguard.example;

/** An order that breaks a rule; sending it again cannot help. */
final class InvalidOrderException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  InvalidOrderException(String property, String rule, Object actual) {
    super(property + " " + rule + ", but was " + actual);
  }
}
