package io.leakguard.chaos;

import com.google.gson.JsonObject;
import io.leakguard.chaos.report.ReportFolder;
import io.leakguard.chaos.report.Summary;
import io.leakguard.chaos.results.AcceptFile;
import io.leakguard.chaos.results.Merge;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chaos report}: makes the report of one run, or one of several, such as shards. */
@Command(
    name = "report",
    description = "Merges the results of runs, such as shards, and writes their report.",
    footer = "Exit code: as that of a run; 4 also when a shard is missing.")
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "results.json of a run, or the folder that has it.")
  private List<Path> files;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes; default chaos-results/<time>.")
  private Path out;

  @Option(
      names = "--accept",
      paramLabel = "FILE",
      description = "Findings that are accepted for a while, as for run.")
  private Path accept;

  @Override
  public Integer call() throws IOException {
    Map<String, JsonObject> roots = new LinkedHashMap<>();
    for (Path file : files) {
      roots.put(file.toString(), ResultsFile.read(ResultsFile.in(file)));
    }
    JsonObject root = Merge.of(roots);
    if (accept != null) {
      AcceptFile.read(accept).mark(root, LocalDate.now(ZoneId.systemDefault()));
    }
    try (ResultsFolder folder = ResultsFolder.create(Optional.ofNullable(out))) {
      return write(root, folder);
    }
  }

  private int write(JsonObject root, ResultsFolder folder) {
    Results results = ResultsFile.model(root);
    PrintWriter terminal = spec.commandLine().getOut();
    Summary.lines(results).forEach(terminal::println);
    terminal.flush();
    Path page = ReportFolder.write(root, folder.folder());
    folder.pointLatest();
    terminal.println("Report: " + page);
    terminal.flush();
    return results.exitCode();
  }
}
