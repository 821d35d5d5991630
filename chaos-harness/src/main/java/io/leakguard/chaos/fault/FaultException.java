package io.leakguard.chaos.fault;

/** The proxy could not do what a scenario asks, so nothing may be concluded from the scenario. */
public final class FaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FaultException(String message) {
    super(message);
  }

  public FaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
