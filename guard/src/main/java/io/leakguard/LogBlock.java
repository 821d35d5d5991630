package io.leakguard;

import io.leakguard.diagnosis.SafeText;

/** The report as a person reads it: what, where, who left it, what it means, how long there is. */
final class LogBlock {
  /** Threads and processes of one execution environment; AWS Lambda quotas, cannot be raised. */
  static final int THREAD_LIMIT = 1_024;

  private static final int LONGEST_ID = 128;

  private LogBlock() {}

  static String of(Finding finding, Totals totals) {
    StringBuilder block = new StringBuilder(512);
    block
        .append("LeakGuard: ")
        .append(count(finding.threads(), "thread"))
        .append(finding.verdict() == Verdict.GROWING ? " leaked in " : " outlived ")
        .append(count(finding.invocations(), "invocation"))
        .append(" (" + finding.verdict() + "), fingerprint " + finding.fingerprint());
    block.append("\n  " + finding.family() + " x" + finding.threads());
    block.append(", " + finding.state() + ", " + finding.diagnosis().waitsFor());
    if (finding.owners() > 1) {
      block.append(", " + finding.owners() + " different owners");
    }
    finding.stack().forEach(frame -> block.append("\n    at ").append(frame));
    if (finding.requestId() != null) {
      block.append("\n    left by request ").append(SafeText.of(finding.requestId(), LONGEST_ID));
    }
    block.append("\n  " + finding.diagnosis().cause() + ": " + finding.diagnosis().fix());
    appendForecast(block, finding, totals);
    return block.toString();
  }

  private static void appendForecast(StringBuilder block, Finding finding, Totals totals) {
    if (finding.perInvocation() <= 0) {
      return;
    }
    long left = (long) Math.max(0, (THREAD_LIMIT - totals.live()) / finding.perInvocation());
    block.append(
        String.format(
            "%n  %,d threads in about %s at %.1f per invocation",
            THREAD_LIMIT, count(left, "invocation"), finding.perInvocation()));
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
