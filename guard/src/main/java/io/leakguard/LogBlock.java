package io.leakguard;

import io.leakguard.diagnosis.SafeText;
import java.util.List;

/**
 * The report as a person reads it: state, where it waits, who started it, what that means, what to
 * do, how long there is.
 */
final class LogBlock {
  private static final int LONGEST_ID = 128;
  private static final int CREATION_FRAMES = 4;

  private LogBlock() {}

  static String of(Finding finding, Totals totals) {
    StringBuilder block = new StringBuilder(512);
    block.append("LeakGuard: ").append(headOf(finding));
    if (finding.owners() > 1) {
      block.append(", " + finding.owners() + " different owners");
    }
    finding.stack().forEach(frame -> block.append("\n    at ").append(frame));
    appendOrigin(block, finding);
    block.append("\n  " + finding.diagnosis().cause() + ": " + finding.diagnosis().fix());
    appendForecast(block, finding, totals);
    return block.toString();
  }

  /** Returns the first two lines: how many, of which kind, what they wait for. */
  static String headOf(Finding finding) {
    String leaked = finding.verdict() == Verdict.GROWING ? " leaked in " : " outlived ";
    return count(finding.threads(), "thread")
        + (finding.kind() == Kind.STUCK ? " stuck since " : leaked)
        + count(finding.invocations(), "invocation")
        + " ("
        + finding.verdict()
        + "), fingerprint "
        + finding.fingerprint()
        + "\n  "
        + finding.family()
        + " x"
        + finding.threads()
        + ", "
        + finding.state()
        + ", "
        + finding.diagnosis().waitsFor();
  }

  private static void appendOrigin(StringBuilder block, Finding finding) {
    List<String> createdBy = finding.createdBy();
    if (createdBy.isEmpty()) {
      block.append(
          "\n    started by code that was not seen: recording begins with the first suspect");
    } else {
      block.append("\n    started by ").append(createdBy.get(0));
      createdBy.stream()
          .limit(CREATION_FRAMES)
          .skip(1)
          .forEach(frame -> block.append("\n       ").append(frame));
    }
    if (finding.requestId() != null) {
      block.append("\n    left by request ").append(SafeText.of(finding.requestId(), LONGEST_ID));
    }
    if (!finding.labels().isEmpty()) {
      block.append("\n    labels ").append(finding.labels());
    }
    if (finding.ageInvocations() > 0) {
      block.append(
          String.format(
              "%n    first left %s ago, %.1f s of running time",
              count(finding.ageInvocations(), "invocation"), finding.age().toMillis() / 1000.0));
    }
  }

  /** Returns what is said of something other than threads. */
  static String of(ResourceNews news) {
    ResourceDiagnosis diagnosis = news.diagnosis();
    StringBuilder block = new StringBuilder(256);
    block
        .append(String.format("LeakGuard: %.1f more per invocation of ", news.perInvocation()))
        .append(news.key() + " (" + news.verdict() + "), fingerprint " + news.fingerprint())
        .append("\n  " + news.level() + " now, " + diagnosis.what());
    if (!news.detail().isEmpty()) {
      block.append("\n    ").append(news.detail());
    }
    return block.append("\n  " + diagnosis.cause() + ": " + diagnosis.fix()).toString();
  }

  private static void appendForecast(StringBuilder block, Finding finding, Totals totals) {
    if (finding.perInvocation() <= 0) {
      return;
    }
    totals
        .invocationsLeft()
        .ifPresent(
            left ->
                block.append(
                    String.format(
                        "%n  %,d threads in about %s at %.1f per invocation",
                        Forecast.THREAD_LIMIT,
                        count(left, "invocation"),
                        finding.perInvocation())));
    String zombie = Forecast.zombieWarning(finding.nonDaemon());
    if (!zombie.isEmpty()) {
      block.append("\n  ").append(zombie);
    }
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
