package io.leakguard.chaos;

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

  /**
   * The same options, once they are known to make sense.
   *
   * @throws UserError naming the option that does not
   */
  JudgingOptions checked() {
    if (!(maxErrors >= 0 && maxErrors <= 100)) {
      throw new UserError("--max-errors must be from 0 to 100: " + maxErrors);
    }
    return this;
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
