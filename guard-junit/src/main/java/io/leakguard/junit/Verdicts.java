package io.leakguard.junit;

import io.leakguard.LeakPolicy;
import io.leakguard.LeakReport;
import io.leakguard.LeakedThreadsError;

/**
 * Says what becomes of a report.
 *
 * @param policy whether a leak fails
 * @param baseline what is known and accepted
 */
record Verdicts(LeakPolicy policy, Baseline baseline) {
  /**
   * Throws, prints, or does nothing.
   *
   * @param found what a check has found
   * @param failure what the test has thrown; null if nothing. It is never replaced
   */
  void pass(LeakReport found, Throwable failure) {
    if (found.isEmpty()) {
      return;
    }
    LeakReport report = baseline.without(found);
    if (policy == LeakPolicy.REPORT || report.groups().isEmpty()) {
      print(report);
      return;
    }
    try {
      report.throwIfLeaked();
    } catch (LeakedThreadsError leak) {
      if (failure == null) {
        throw leak;
      }
      failure.addSuppressed(leak);
    }
  }

  static void print(LeakReport report) {
    if (!report.isEmpty()) {
      System.err.println("LeakGuard: " + report);
    }
  }
}
