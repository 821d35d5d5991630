package io.leakguard.gauntlet;

import io.leakguard.gauntlet.cases.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the table of what earlier runs printed: a whole suite may be run in parts. */
@Command(name = "table", description = "Makes the table of earlier runs, without running.")
final class TableCommand implements Callable<Integer> {
  @Option(names = "--jdk", paramLabel = "DIR", description = "A JDK; may be repeated.")
  private List<Path> jdks = List.of();

  @Option(names = "--invocations", split = ",", defaultValue = "5,60", paramLabel = "N")
  private List<Integer> invocations;

  @Option(names = "--out", defaultValue = "target/gauntlet", paramLabel = "DIR")
  private Path outputs;

  @Option(names = "--write", required = true, paramLabel = "FILE")
  private Path page;

  @Override
  public Integer call() throws IOException {
    List<Result> results = new ArrayList<>();
    for (Trial trial : Trials.of(jdks, invocations, Catalogue.all())) {
      ChildJvm.earlier(outputs, trial)
          .ifPresent(observation -> results.add(Result.of(trial, observation)));
    }
    Files.writeString(page, new Table(results).markdown());
    return Summary.print(results);
  }
}
