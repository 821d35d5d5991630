package io.leakguard.chaos.scenario;

/** A file of shapes breaks a rule: the message is file:line:column, what is wrong and the rule. */
public final class ShapeFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ShapeFileException(String message) {
    super(message);
  }
}
