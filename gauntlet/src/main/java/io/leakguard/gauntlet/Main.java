package io.leakguard.gauntlet;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the gauntlet. */
@Command(
    name = "gauntlet",
    mixinStandardHelpOptions = true,
    description = "Judges the guard on handlers that leak and on handlers that do not.",
    subcommands = {RunCommand.class, ListCommand.class})
final class Main {
  private Main() {}

  /** Runs a command line and ends the JVM: 0 all as expected, 1 something wrong, 2 misused. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
