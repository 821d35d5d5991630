package io.leakguard.chaos;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Options that say what is judged, and how strictly. */
final class JudgingOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What events are made from; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--max-errors",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description = "Errors allowed while a fault is in force; default ${DEFAULT-VALUE}.")
  private double maxErrors;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "Play each cell N times; verdicts that differ are a harness fault.")
  private int repeat;

  @Option(
      names = "--minimize",
      description = "Look for the smallest fault that still leaks, for each cell that does.")
  private boolean minimize;

  @Option(
      names = "--max-cell-time",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "What needs longer is listed as not run; default ${DEFAULT-VALUE}.")
  private int maxCellTime;

  @Option(
      names = "--no-heal-check",
      description = "Do not wait a minute at the end to see which leaks heal.")
  private boolean noHealCheck;

  /**
   * The same options, once they are known to make sense.
   *
   * @throws UserError naming the option that does not
   */
  JudgingOptions checked() {
    if (!(maxErrors >= 0 && maxErrors <= 100)) {
      throw new UserError("--max-errors must be from 0 to 100: " + maxErrors);
    }
    if (repeat < 1 || repeat > 100) {
      throw new UserError("--repeat must be from 1 to 100: " + repeat);
    }
    if (maxCellTime < 5 || maxCellTime > 3600) {
      throw new UserError("--max-cell-time must be from 5 to 3600 seconds: " + maxCellTime);
    }
    return this;
  }

  /** How often each cell is played. */
  int repeat() {
    return repeat;
  }

  /** Whether smaller faults are looked for. */
  boolean minimize() {
    return minimize;
  }

  /** How long a cell may take. */
  Duration maxCellTime() {
    return Duration.ofSeconds(maxCellTime);
  }

  /** Whether idle timeouts are waited for at the end. */
  boolean healCheck() {
    return !noHealCheck;
  }

  /** What events are made from. */
  long seed() {
    return seed;
  }

  /** Errors allowed while a fault is in force, in per cent; 100 judges none. */
  double maxErrors() {
    return maxErrors;
  }
}
