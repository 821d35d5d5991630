package io.leakguard.gauntlet.cases;

/** The failure of a handler that is part of its case. */
public final class HandlerFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  HandlerFailure(String message) {
    super(message);
  }
}
