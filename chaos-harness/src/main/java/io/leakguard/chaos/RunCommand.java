package io.leakguard.chaos;

import com.google.gson.JsonObject;
import io.leakguard.chaos.fault.ProxyChoice;
import io.leakguard.chaos.report.ReportFolder;
import io.leakguard.chaos.report.ResultsJson;
import io.leakguard.chaos.report.RunReport;
import io.leakguard.chaos.report.Summary;
import io.leakguard.chaos.report.TerminalReport;
import io.leakguard.chaos.results.AcceptList;
import io.leakguard.chaos.results.Masking;
import io.leakguard.chaos.results.Results;
import io.leakguard.chaos.results.ResultsFile;
import io.leakguard.chaos.results.Shard;
import io.leakguard.chaos.scenario.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code chaos run}: plays functions through failure shapes and judges them. */
@Command(
    name = "run",
    description = "Runs the template's functions through failure shapes and says which leak.",
    footer = "Exit code: 0 clean, 2 a leak, 3 a function failed without fault, 4 not judged.")
final class RunCommand implements Callable<Integer> {
  private static final int EXIT_INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  @Mixin private ProjectOptions project;
  @Mixin private ShapeOptions shapes;
  @Mixin private ProxyOptions proxy;
  @Mixin private JudgingOptions judging;

  @Mixin private ReportOptions reporting;

  @Override
  public Integer call() throws IOException {
    // What is cheap to check comes first.
    JudgingOptions checked = judging.checked();
    List<Shape> chosen = shapes.chosen();
    ProxyChoice proxies = proxy.choice();
    Shard shard = reporting.shard();
    AcceptList accepted = reporting.accepted();
    RunPlan plan = new RunPlan(project.read(), chosen, proxies, checked, shard);
    Set<String> secrets = plan.project().secrets();
    Console console =
        new Console(
            spec.commandLine().getErr(),
            Boolean.getBoolean("leakguard.terminal"),
            line -> Masking.text(line, secrets));
    Interruption interruption = Interruption.ofThisThread();
    try (ResultsFolder results = ResultsFolder.create(reporting.out());
        ChaosRun run = ChaosRun.prepare(plan, console)) {
      RunReport report = run.play();
      interruption.shield();
      console.clear();
      console.line("");
      JsonObject root = ResultsJson.tree(report);
      RunFacts.add(
          root, plan, run.guards(), spec.commandLine().getParent().getParseResult().originalArgs());
      accepted.mark(root, LocalDate.now(ZoneId.systemDefault()));
      out().println(Masking.text(TerminalReport.text(report), secrets));
      int exitCode = write(Masking.mask(root, secrets), results);
      return run.interrupted() ? EXIT_INTERRUPTED : exitCode;
    } finally {
      interruption.end();
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private int write(JsonObject root, ResultsFolder folder) {
    Results results = ResultsFile.model(root);
    // First what a person reads: it must not be lost when the disk is full.
    Summary.verdict(results).forEach(out()::println);
    out().flush();
    Path page = ReportFolder.write(root, folder.folder());
    folder.pointLatest();
    out().println("Report: " + page);
    out().flush();
    return results.exitCode();
  }
}
