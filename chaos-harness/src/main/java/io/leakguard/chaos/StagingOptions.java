package io.leakguard.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options that have functions played that are deployed. */
final class StagingOptions {
  /** What makes sense where functions are not run here. */
  private static final Set<String> ALLOWED =
      Set.of(
          "--staging",
          "--dry-run",
          "--function",
          "--shape",
          "--like",
          "--shapes",
          "--reduce",
          "--seed",
          "--max-errors",
          "--out",
          "--accept",
          "--debug");

  @Option(
      names = "--staging",
      paramLabel = "FILE",
      description = "Play functions that are deployed, as this file says: docs/staging.md.")
  private Path file;

  @Option(names = "--dry-run", description = "With --staging: print the plan and touch nothing.")
  private boolean dryRun;

  /** The file that says what may be touched; empty for a local run. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Whether the plan alone is wanted. */
  boolean dryRun() {
    return dryRun;
  }

  /**
   * Makes sure that no option is given that would be ignored.
   *
   * @throws UserError naming those that are
   */
  void check(ParseResult parsed) {
    if (file == null) {
      if (dryRun) {
        throw new UserError("--dry-run is for --staging FILE alone");
      }
      return;
    }
    Set<String> others = new TreeSet<>();
    for (ArgSpec given : parsed.matchedArgs()) {
      if (given instanceof OptionSpec option
          && List.of(option.names()).stream().noneMatch(ALLOWED::contains)) {
        others.add(option.longestName());
      }
    }
    if (!others.isEmpty()) {
      throw new UserError(
          "not for --staging: "
              + String.join(", ", others)
              + "\nit takes: "
              + String.join(", ", new TreeSet<>(ALLOWED)));
    }
  }
}
