package io.leakguard.gauntlet;

import io.leakguard.gauntlet.cases.Case;
import io.leakguard.gauntlet.cases.Catalogue;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs cases and judges the guard by them. */
@Command(name = "run", description = "Runs cases; exit code 0 only if the guard is right on all.")
final class RunCommand implements Callable<Integer> {
  @Option(names = "--jdk", paramLabel = "DIR", description = "A JDK; may be repeated.")
  private List<Path> jdks = List.of();

  @Option(names = "--invocations", split = ",", defaultValue = "5,60", paramLabel = "N")
  private List<Integer> invocations;

  @Option(names = "--only", defaultValue = "**", paramLabel = "GLOB", description = "pools/*")
  private List<String> globs;

  @Option(names = "--parallel", defaultValue = "2", paramLabel = "N", description = "JVMs at once.")
  private int parallel;

  @Option(
      names = "--guard",
      paramLabel = "PATH",
      description = "Classes or jar of the guard to judge, instead of the one built with.")
  private String guard;

  @Option(names = "--out", defaultValue = "target/gauntlet", paramLabel = "DIR")
  private Path outputs;

  @Option(names = "--write", paramLabel = "FILE", description = "Writes the table there.")
  private Path page;

  @Option(
      names = {"-v", "--verbose"},
      description = "Prints a line per run.")
  private boolean verbose;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String own = System.getProperty("java.class.path");
    String classPath = guard == null ? own : guard + System.getProperty("path.separator") + own;
    long start = System.nanoTime();
    List<Result> results;
    try (FixtureServers fixtures = FixtureServers.start(own)) {
      ChildJvm children = new ChildJvm(fixtures.ports(), classPath, outputs.toAbsolutePath());
      results = new Suite(children, parallel).run(trials(), this::progress);
    }
    return report(results, (System.nanoTime() - start) / 1_000_000_000);
  }

  private List<Trial> trials() {
    List<Jdk> installed =
        jdks.isEmpty() ? List.of(Jdk.running()) : jdks.stream().map(Jdk::at).toList();
    List<Trial> trials = new ArrayList<>();
    for (Jdk jdk : installed) {
      for (int count : invocations) {
        for (Case what : Catalogue.all()) {
          if (isWanted(what) && what.runsOn(jdk.feature(), count)) {
            trials.add(new Trial(what, jdk, count));
          }
        }
      }
    }
    return trials;
  }

  private boolean isWanted(Case what) {
    for (String glob : globs) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
      if (matcher.matches(Path.of(what.name()))) {
        return true;
      }
    }
    return false;
  }

  private void progress(Result result) {
    if (result.judgement().isWrong() || verbose) {
      System.out.println(result.explanation());
    }
  }

  private int report(List<Result> results, long seconds) throws IOException {
    if (page != null) {
      Files.writeString(page, new Table(results).markdown());
    }
    StringBuilder counts = new StringBuilder();
    for (Judgement judgement : Judgement.values()) {
      long count = results.stream().filter(r -> r.judgement() == judgement).count();
      counts.append(", ").append(count).append(' ').append(judgement);
    }
    System.out.println(results.size() + " runs in " + seconds + " s" + counts);
    return results.stream().anyMatch(r -> r.judgement().isWrong()) ? 1 : 0;
  }
}
