package io.leakguard.load;

/**
 * A setting that cannot be used. It has no stack trace: Gatling prints what a simulation throws,
 * and the user needs the message alone.
 */
final class SettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  SettingsException(String message) {
    super(message);
  }

  SettingsException(String property, String rule, String actual) {
    this(property + " must be " + rule + ", was '" + actual + "'");
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
