package io.leakguard.chaos.text;

/** A file of the user's breaks a rule: the message is file:line:column, what is wrong, the rule. */
public final class InputFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A broken rule in words, with its place first. */
  public InputFileException(String message) {
    super(message);
  }
}
