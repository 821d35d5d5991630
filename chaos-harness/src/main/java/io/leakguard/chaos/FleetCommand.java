package io.leakguard.chaos;

import com.google.gson.GsonBuilder;
import io.leakguard.chaos.fleet.Aws;
import io.leakguard.chaos.fleet.Fleet;
import io.leakguard.chaos.fleet.FleetJson;
import io.leakguard.chaos.fleet.FleetMarkdown;
import io.leakguard.chaos.fleet.FleetQuestion;
import io.leakguard.chaos.fleet.FleetReport;
import io.leakguard.chaos.fleet.FleetText;
import io.leakguard.chaos.results.AtomicFile;
import io.leakguard.chaos.results.Masking;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chaos fleet}: what the guards of all deployed functions have reported. */
@Command(
    name = "fleet",
    description = "Asks CloudWatch Logs Insights what the guards of all functions have reported.",
    footer =
        "Exit code: 0 nothing new, 2 new or grown by the policy, 4 could not ask, or not all of"
            + " it.")
final class FleetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private FleetOptions options = new FleetOptions();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write it for programs; docs/fleet.schema.json describes it.")
  private Path json;

  @Option(names = "--markdown", paramLabel = "FILE", description = "Also write it as Markdown.")
  private Path markdown;

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      defaultValue = "grown",
      description = "new, grown (more than doubled, or new) or any; default ${DEFAULT-VALUE}.")
  private FleetReport.Policy policy;

  @Option(
      names = "--fail-on-silent",
      description = "Exit with 2 also when a function runs of which no guard is heard.")
  private boolean failOnSilent;

  @Override
  public Integer call() {
    FleetQuestion question = options.question(Clock.systemUTC().instant());
    FleetReport report;
    Console console =
        new Console(
            spec.commandLine().getErr(), Boolean.getBoolean("leakguard.terminal"), Masking::text);
    try (Aws aws = Aws.connect(options.region(), options.profile())) {
      report = Fleet.report(question, aws, console::status);
    } finally {
      console.clear();
    }
    PrintWriter terminal = spec.commandLine().getOut();
    FleetText.lines(report).stream().map(Masking::text).forEach(terminal::println);
    terminal.flush();
    write(report);
    return report.exitCode(policy, failOnSilent);
  }

  private void write(FleetReport report) {
    Optional.ofNullable(json)
        .ifPresent(
            file ->
                AtomicFile.write(
                    file,
                    new GsonBuilder()
                            .setPrettyPrinting()
                            .create()
                            .toJson(Masking.mask(FleetJson.tree(report)))
                        + "\n"));
    Optional.ofNullable(markdown)
        .ifPresent(file -> AtomicFile.write(file, Masking.text(FleetMarkdown.text(report))));
  }
}
