package io.leakguard;

/**
 * Thrown at the end of an invocation in which a leak was confirmed, under {@link LeakPolicy#FAIL}
 * alone.
 *
 * <p>Its message is the beginning of the report: how many threads, of which kind, where they wait.
 */
public final class LeakException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LeakException(String report) {
    super(report);
  }

  /** Not typed as what it is: checking the code that throws it then needs no class but this. */
  static RuntimeException of(String report) {
    return new LeakException(report);
  }
}
