package io.leakguard.chaos;

import io.leakguard.chaos.report.ResultsJson;
import io.leakguard.chaos.report.RunReport;
import io.leakguard.chaos.report.TerminalReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chaos run}: plays functions through failure shapes and judges them. */
@Command(
    name = "run",
    description = "Runs the template's functions through failure shapes and says which leak.",
    footer = "Exit code: 0 clean, 2 a leak, 3 a function failed without fault, 4 not judged.")
final class RunCommand implements Callable<Integer> {
  /** The template of the current folder. */
  static final String TEMPLATE = "template.yaml";

  private static final long LAST_WORDS_SECONDS = 8;
  private static final int EXIT_INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  @Option(
      names = "--template",
      paramLabel = "FILE",
      defaultValue = TEMPLATE,
      description = "The SAM template; default ${DEFAULT-VALUE} of this folder.")
  private Path template;

  @Option(
      names = "--function",
      paramLabel = "NAME",
      description = "Only this function; may be repeated.")
  private List<String> functions = new ArrayList<>();

  @Option(
      names = "--shape",
      paramLabel = "NAME",
      description = "Only this failure shape; may be repeated.")
  private List<String> shapes = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results go; default chaos-results/<time>.")
  private Path out;

  @Option(
      names = "--toxiproxy",
      paramLabel = "URL",
      description = "A Toxiproxy server on this machine that runs already.")
  private URI toxiproxy;

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

  @Override
  public Integer call() throws IOException {
    if (!(maxErrors >= 0 && maxErrors <= 100)) {
      throw new UserError("--max-errors must be from 0 to 100: " + maxErrors);
    }
    RunPlan plan = RunPlan.of(template, functions, shapes, checkedToxiproxy(), seed, maxErrors);
    ResultsFolder results = ResultsFolder.create(Optional.ofNullable(out));
    Console console =
        new Console(spec.commandLine().getErr(), Boolean.getBoolean("leakguard.terminal"));
    CountDownLatch lastWords = new CountDownLatch(1);
    Thread interrupter = interrupter(lastWords);
    Runtime.getRuntime().addShutdownHook(interrupter);
    try (ChaosRun run = ChaosRun.prepare(plan, console)) {
      RunReport report = run.play();
      console.clear();
      console.line("");
      write(report, results);
      return run.interrupted() ? EXIT_INTERRUPTED : report.exitCode();
    } finally {
      results.removeIfEmpty();
      lastWords.countDown();
    }
  }

  private void write(RunReport report, ResultsFolder results) {
    PrintWriter out = spec.commandLine().getOut();
    // First what a person reads: it must not be lost when the disk is full.
    out.print(TerminalReport.text(report));
    out.flush();
    Path file = results.folder().resolve("results.json");
    try {
      ResultsJson.write(report, file);
      results.pointLatest();
    } catch (IOException e) {
      throw new UserError(
          "the results could not be written: " + file + " (" + e.getMessage() + ")", e);
    }
    out.println("\nresults: " + file);
    out.flush();
  }

  /** On Ctrl-C the run is interrupted and gets a moment to report what is known. */
  private static Thread interrupter(CountDownLatch lastWords) {
    Thread playing = Thread.currentThread();
    return new Thread(
        () -> {
          if (lastWords.getCount() > 0) {
            playing.interrupt();
            try {
              lastWords.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        },
        "chaos-interrupt");
  }

  private Optional<URI> checkedToxiproxy() {
    if (toxiproxy == null) {
      return Optional.empty();
    }
    if (!"http".equals(toxiproxy.getScheme())
        || toxiproxy.getHost() == null
        || toxiproxy.getPort() < 1) {
      throw new UserError("--toxiproxy must be like http://127.0.0.1:8474: " + toxiproxy);
    }
    if (!isLoopback(toxiproxy.getHost())) {
      throw new UserError(
          "--toxiproxy must be on this machine, because functions and upstreams are: " + toxiproxy);
    }
    return Optional.of(toxiproxy);
  }

  private static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
