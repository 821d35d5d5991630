package io.leakguard.chaos.fleet;

/** The service does not take a query that chooses its log groups by prefix, or not for so many. */
final class SourceRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SourceRefused(Throwable cause) {
    super(cause);
  }
}
