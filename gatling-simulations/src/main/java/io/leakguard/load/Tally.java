package io.leakguard.load;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the requests of one run ended, per target. Gatling keeps its own counts in a binary log only,
 * and does not tell a client timeout from another failure. Thread-safe.
 */
final class Tally {
  /**
   * Gatling creates simulations itself and hands none out: this is how the driver gets at the last
   * one's counts.
   */
  private static volatile Tally latest = new Tally(0, Duration.ZERO);

  private record Counts(LongAdder ok, LongAdder failed, LongAdder timedOut) {
    Counts() {
      this(new LongAdder(), new LongAdder(), new LongAdder());
    }
  }

  private final Counts[] targets;
  private final Duration clientTimeout;

  private Tally(int targets, Duration clientTimeout) {
    this.targets = Stream.generate(Counts::new).limit(targets).toArray(Counts[]::new);
    this.clientTimeout = clientTimeout;
  }

  /** A tally for a run that begins. */
  static Tally begin(LoadSettings settings) {
    Tally tally = new Tally(settings.target().size(), settings.clientTimeout());
    latest = tally;
    return tally;
  }

  static Tally latest() {
    return latest;
  }

  /**
   * Counts one request. A failure that took the client timeout or longer is the client's having
   * given up.
   */
  void count(int target, boolean failed, Duration elapsed) {
    Counts counts = targets[target];
    if (!failed) {
      counts.ok.increment();
    } else if (elapsed.compareTo(clientTimeout) >= 0) {
      counts.timedOut.increment();
    } else {
      counts.failed.increment();
    }
  }

  /** Failures of all targets that were no client timeouts. */
  long failed() {
    return Stream.of(targets).mapToLong(counts -> counts.failed.sum()).sum();
  }

  /** Requests of all targets. */
  long total() {
    return Stream.of(targets)
        .mapToLong(counts -> counts.ok.sum() + counts.failed.sum() + counts.timedOut.sum())
        .sum();
  }

  /**
   * One line: <code>ok=10,9 failed=0,1 timedOut=0,0</code>, numbers in the order of the targets.
   */
  String line() {
    return "ok="
        + numbers(Counts::ok)
        + " failed="
        + numbers(Counts::failed)
        + " timedOut="
        + numbers(Counts::timedOut);
  }

  private String numbers(Function<Counts, LongAdder> part) {
    return Stream.of(targets)
        .map(counts -> Long.toString(part.apply(counts).sum()))
        .collect(Collectors.joining(","));
  }
}
