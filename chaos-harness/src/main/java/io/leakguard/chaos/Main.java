package io.leakguard.chaos;

import io.leakguard.chaos.fault.FaultException;
import io.leakguard.chaos.fleet.FleetException;
import io.leakguard.chaos.results.Masking;
import io.leakguard.chaos.results.ResultsException;
import io.leakguard.chaos.sam.TemplateException;
import io.leakguard.chaos.staging.StagingException;
import io.leakguard.chaos.text.InputFileException;
import io.leakguard.chaos.text.IoReason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line: parses, delegates, and turns failures into one clear message and exit code 4.
 */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    scope = ScopeType.INHERIT,
    description = "Finds the failure that makes a Lambda function leak, before deploy.",
    subcommands = {
      RunCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      ListCommand.class,
      ExplainCommand.class,
      ServeCommand.class,
      FleetCommand.class
    })
public final class Main implements Runnable {
  /** Bad input, or something that could not be judged. */
  static final int EXIT_UNUSABLE = 4;

  /** How the parser says that an argument is no pair; in it words that look like a secret. */
  private static final String NO_PAIR =
      "^Value for option option '([^']+)' \\((.+)\\) should be in KEY=VALUE format but was ";

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print stack traces of errors.")
  private boolean debug;

  /** Says which version this is. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"LeakGuard chaos " + Installation.VERSION};
    }
  }

  /** Runs a command line and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    // The Toxiproxy client lower-cases with the default locale, which breaks in Turkish.
    Locale.setDefault(Locale.ROOT);
    System.exit(execute(commandLine(), arguments));
  }

  /** What is no exception, such as a machine without a thread or memory left, is one line too. */
  static int execute(CommandLine line, String... arguments) {
    try {
      return line.execute(arguments);
    } catch (Error e) {
      line.<Main>getCommand().report(line, e);
      return EXIT_UNUSABLE;
    }
  }

  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine line = new CommandLine(main);
    line.setExitCodeExceptionMapper(failure -> EXIT_UNUSABLE);
    line.setExecutionExceptionHandler((failure, failed, parsed) -> main.report(failed, failure));
    line.setParameterExceptionHandler(Main::misused);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: run, report, compare, list, explain, serve or fleet");
  }

  private int report(CommandLine failed, Throwable failure) {
    if (debug) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      failed.getErr().print(Masking.text(trace.toString()));
      failed.getErr().flush();
    } else {
      say(failed.getErr(), explain(failure));
    }
    return EXIT_UNUSABLE;
  }

  private static String explain(Throwable failure) {
    if (failure instanceof UncheckedIOException unchecked) {
      return failure.getMessage() + " (" + IoReason.of(unchecked.getCause()) + ")";
    }
    boolean expected =
        failure instanceof UserError
            || failure instanceof TemplateException
            || failure instanceof FaultException
            || failure instanceof FleetException
            || failure instanceof ResultsException
            || failure instanceof StagingException
            || failure instanceof InputFileException;
    return expected
        ? failure.getMessage()
        : "unexpected: " + failure + "\nrun it again with --debug for the stack trace";
  }

  private static int misused(ParameterException misuse, String[] arguments) {
    CommandLine line = misuse.getCommandLine();
    say(
        line.getErr(),
        misuse.getMessage().replaceFirst(NO_PAIR, "$1 must be like $2: ")
            + "\nsee: "
            + Installation.command()
            + " "
            + line.getCommandSpec().qualifiedName().replaceFirst("^chaos ?", "")
            + (line.getParent() == null ? "--help" : " --help"));
    return EXIT_UNUSABLE;
  }

  /** The first line carries the program's name, the others are indented to it. */
  static void say(PrintWriter err, String message) {
    err.println("chaos: " + Masking.text(message).strip().replace("\n", "\n       "));
    err.flush();
  }
}
