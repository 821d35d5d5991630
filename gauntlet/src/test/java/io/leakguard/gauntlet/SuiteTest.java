package io.leakguard.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.gauntlet.cases.Catalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTest {
  @TempDir private Path outputs;

  @Test
  void run_cheapCases_areJudgedByTheGuardsLines() throws IOException, InterruptedException {
    List<String> told = new ArrayList<>();
    List<Result> results;
    String classPath = System.getProperty("java.class.path");
    try (FixtureServers fixtures = FixtureServers.start(classPath)) {
      Suite suite = new Suite(new ChildJvm(fixtures.ports(), classPath, outputs), 2);
      results =
          suite.run(
              trials("locks/latch", "pools/fixed", "io/socket-read", "threads/joined"),
              result -> told.add(result.explanation()));
    }

    assertThat(results).as("%s", told).extracting(Result::judgement).containsOnly(Judgement.RIGHT);
    assertThat(results)
        .extracting(result -> result.observation().alarmEver())
        .containsExactly(true, true, true, false);
    assertThat(told).hasSize(4);
    String page = new Table(results).markdown();
    assertThat(page).contains("| Leaks | 3 of 3 |", "| `threads/joined` | yes |");
  }

  @Test
  void table_caseOfTwoColumns_isOneRow() {
    Result few = Result.of(new Trial(Catalogue.named("locks/latch"), Jdk.running(), 5), ended());
    Result many = Result.of(new Trial(Catalogue.named("locks/latch"), Jdk.running(), 60), ended());

    String page = new Table(List.of(few, many)).markdown();

    assertThat(page).containsOnlyOnce("| `locks/latch` |");
  }

  private static Observation ended() {
    return GuardOutput.read(List.of(Child.DONE + " threads=+3 descriptors=+0"), true);
  }

  private static List<Trial> trials(String... names) {
    List<Trial> trials = new ArrayList<>();
    for (String name : names) {
      trials.add(new Trial(Catalogue.named(name), Jdk.running(), 5));
    }
    return trials;
  }
}
