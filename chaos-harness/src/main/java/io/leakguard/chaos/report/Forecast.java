package io.leakguard.chaos.report;

import io.leakguard.chaos.results.CellResult;
import io.leakguard.chaos.results.FindingResult;
import io.leakguard.chaos.results.TimelineRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long an environment lasts while the fault does.
 *
 * @param limit what Lambda allows of the resource in one environment
 * @param invocations until the limit
 * @param seconds median duration of an invocation under the fault, or 0 when it is unknown
 */
record Forecast(int limit, int invocations, double seconds) {
  /**
   * Threads and descriptors of an execution environment.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
   *     quotas</a>
   */
  private static final int LIMIT = 1_024;

  /** Rates of a whole function, per second, that the report has a row for. */
  static final List<Double> RATES = List.of(0.1, 1.0, 10.0, 100.0);

  /** The forecast for a finding that runs into a limit. */
  static Optional<Forecast> of(CellResult cell, FindingResult finding) {
    boolean limited = List.of("thread", "socket", "descriptor").contains(finding.kind());
    if (!limited || finding.perInvocation() == null || finding.perInvocation() <= 0) {
      return Optional.empty();
    }
    int level = finding.kind().equals("thread") ? level(cell) : descriptors(cell);
    int invocations = (int) Math.ceil((LIMIT - level) / finding.perInvocation());
    return Optional.of(new Forecast(LIMIT, Math.max(0, invocations), median(cell)));
  }

  /** Threads before the fault; those of the JVM itself are not counted and do not grow. */
  private static int level(CellResult cell) {
    return cell.timeline().stream()
        .filter(row -> row.phase().equals("BASELINE") && row.threads() != null)
        .mapToInt(TimelineRow::threads)
        .max()
        .orElse(0);
  }

  private static int descriptors(CellResult cell) {
    return cell.timeline().stream()
        .filter(row -> row.phase().equals("BASELINE") && row.descriptors() != null)
        .mapToInt(TimelineRow::descriptors)
        .max()
        .orElse(0);
  }

  private static double median(CellResult cell) {
    List<Double> durations =
        cell.timeline().stream()
            .filter(row -> row.phase().startsWith("FAULT"))
            .map(TimelineRow::durationMs)
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    return durations.isEmpty() ? 0 : durations.get(durations.size() / 2) / 1_000;
  }

  /** How many environments serve a rate; an environment serves one invocation at a time. */
  int environments(double perSecond) {
    return (int) Math.max(1, Math.ceil(perSecond * seconds));
  }

  /** Seconds until the first environment is at its limit, or nothing where it is at once. */
  OptionalDouble lasts(double perSecond) {
    return perSecond <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(invocations * environments(perSecond) / perSecond);
  }
}
