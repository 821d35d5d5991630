package io.leakguard.chaos;

import com.google.gson.JsonObject;
import io.leakguard.chaos.report.ComparisonText;
import io.leakguard.chaos.results.AcceptFile;
import io.leakguard.chaos.results.Comparison;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chaos compare}: what changed from one run to another. */
@Command(
    name = "compare",
    description =
        "Says which findings are new, grown, unchanged and fixed from one run to another.",
    footer = "Exit code: 0, 2 when a change fails by the policy, 4 when not judged.")
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "results.json of the earlier run.")
  private Path before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "results.json of the later run.")
  private Path after;

  @Option(
      names = "--accept",
      paramLabel = "FILE",
      description = "Findings of the later run that are accepted for a while, as for run.")
  private Path accept;

  @Option(
      names = "--fail-on",
      paramLabel = "WHAT",
      defaultValue = "new",
      description = "new, grown (or new) or any; default ${DEFAULT-VALUE}.")
  private Comparison.Policy policy;

  @Override
  public Integer call() {
    Results earlier = ResultsFile.model(ResultsFile.read(ResultsFile.in(before)));
    JsonObject root = ResultsFile.read(ResultsFile.in(after));
    if (accept != null) {
      AcceptFile.read(accept).mark(root, LocalDate.now(ZoneId.systemDefault()));
    }
    Results later = ResultsFile.model(root);
    Comparison comparison = Comparison.of(earlier, later);
    PrintWriter terminal = spec.commandLine().getOut();
    ComparisonText.lines(comparison, later).forEach(terminal::println);
    terminal.flush();
    if (!later.controlsHold()) {
      throw new UserError(
          after + ": its controls were misjudged, so it proves nothing\nrun it again");
    }
    return comparison.exitCode(policy);
  }
}
