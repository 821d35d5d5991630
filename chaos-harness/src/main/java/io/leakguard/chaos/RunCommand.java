package io.leakguard.chaos;

import com.google.gson.JsonObject;
import io.leakguard.chaos.fault.ProxyChoice;
import io.leakguard.chaos.report.ResultsJson;
import io.leakguard.chaos.report.RunReport;
import io.leakguard.chaos.results.AcceptList;
import io.leakguard.chaos.results.Masking;
import io.leakguard.chaos.results.Shard;
import io.leakguard.chaos.scenario.Shape;
import io.leakguard.chaos.staging.StagingFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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

  @Mixin private StagingOptions staging;

  @Override
  public Integer call() throws IOException {
    staging.check(spec.commandLine().getParseResult());
    // What is cheap to check comes first.
    JudgingOptions checked = judging.checked();
    if (staging.file().isPresent()) {
      return stage(staging.file().get(), checked);
    }
    List<Shape> chosen = shapes.chosen();
    ProxyChoice proxies = proxy.choice();
    Shard shard = reporting.shard();
    AcceptList accepted = reporting.accepted();
    RunPlan plan = new RunPlan(project.read(), chosen, proxies, checked, shard);
    Set<String> secrets = plan.project().secrets();
    Console console = console(secrets);
    Interruption interruption = Interruption.ofThisThread();
    try (ResultsFolder results = ResultsFolder.create(reporting.out());
        ChaosRun run = ChaosRun.prepare(plan, console)) {
      RunReport report = run.play();
      interruption.shield();
      console.clear();
      console.line("");
      JsonObject root = ResultsJson.tree(report);
      RunFacts.add(root, plan, run.guards(), arguments());
      int exitCode = new RunOutput(out(), accepted, secrets).write(report, root, results);
      return run.interrupted() ? EXIT_INTERRUPTED : exitCode;
    } finally {
      interruption.end();
    }
  }

  private int stage(Path file, JudgingOptions checked) throws IOException {
    Console console = console(Set.of());
    AcceptList accepted = reporting.accepted();
    StagingRun run =
        StagingRun.plan(StagingFile.read(file), project.names(), shapes, checked, console);
    if (staging.dryRun()) {
      run.lines().forEach(out()::println);
      out().flush();
      return 0;
    }
    Interruption interruption = Interruption.ofThisThread();
    try (ResultsFolder results = ResultsFolder.create(reporting.out())) {
      RunReport report = run.play();
      interruption.shield();
      console.clear();
      console.line("");
      JsonObject root = ResultsJson.tree(report);
      RunFacts.add(root, run.functions(), arguments());
      int exitCode = new RunOutput(out(), accepted, Set.of()).write(report, root, results);
      return run.interrupted() ? EXIT_INTERRUPTED : run.stopped() ? Main.EXIT_UNUSABLE : exitCode;
    } finally {
      interruption.end();
    }
  }

  private Console console(Set<String> secrets) {
    return new Console(
        spec.commandLine().getErr(),
        Boolean.getBoolean("leakguard.terminal"),
        line -> Masking.text(line, secrets));
  }

  private List<String> arguments() {
    return spec.commandLine().getParent().getParseResult().originalArgs();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
