package io.leakguard;

/** Thrown by a check that found threads left behind; the message is the report. */
public final class LeakedThreadsError extends AssertionError {
  private static final long serialVersionUID = 1;

  private final transient LeakReport report;

  LeakedThreadsError(LeakReport report) {
    super(report.toString());
    this.report = report;
  }

  /** {@return what was found; null after deserialization, which keeps the message alone} */
  public LeakReport report() {
    return report;
  }
}
