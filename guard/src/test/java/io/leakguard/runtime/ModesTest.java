package io.leakguard.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The guard in every mode of Lambda, under the real runtime client in JVMs of their own. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime client's native part is for Linux")
class ModesTest {
  private static final int LANES = 4;
  private static final Map<String, String> CONCURRENT =
      Map.of(
          "AWS_LAMBDA_MAX_CONCURRENCY", "4",
          "AWS_LAMBDA_INITIALIZATION_TYPE", "lambda-managed-instances");

  private static TaskRoot root;

  @BeforeAll
  static void layOut(@TempDir Path folder) throws IOException {
    root = TaskRoot.in(folder);
  }

  private static Environment commands(Map<String, String> variables) throws IOException {
    return new Environment(root, Modes.Commands.class.getName(), variables);
  }

  @Test
  void single_leaks_areReportedWithTheirRequests() throws Exception {
    try (Environment lambda = commands(Map.of())) {
      lambda.invoke("\"clean\"");
      for (int i = 0; i < 4; i++) {
        assertThat(lambda.invoke("\"leak\"").body()).isEqualTo("\"main\"");
      }
      lambda.printedWhenIdle(1);
      List<String> documents = lambda.documents();
      assertThat(documents.get(0)).contains("\"requestId\":\"request-2\"", "order-writer");
      assertThat(documents)
          .anyMatch(document -> document.contains("\"verdict\":\"GROWING\""))
          .last()
          .asString()
          .contains("\"LeakedThreads\":4");
    }
  }

  @Test
  void single_signOfLife_isOneLineOfAnEnvironment() throws Exception {
    Map<String, String> json =
        Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "LEAKGUARD_COMMIT", "5e2f0ab");
    try (Environment lambda = commands(json)) {
      lambda.invoke("\"clean\"");
      lambda.invoke("\"clean\"");
      assertThat(lambda.printedWhenIdle(1).lines().filter(Environment::isSignOfLife))
          .singleElement()
          .asString()
          .startsWith("{\"leakguard\":{\"guard\":\"")
          .contains("\"function\":\"orders\",\"version\":\"7\",\"commit\":\"5e2f0ab\"}")
          .endsWith("Z\"}");
    }
  }

  @Test
  void concurrent_signOfLife_isOneLineOfAnEnvironment() throws Exception {
    try (Environment lambda = commands(CONCURRENT)) {
      meet(lambda);
      meet(lambda);
      assertThat(lambda.printedWhenIdle(LANES).lines().filter(Environment::isSignOfLife))
          .hasSize(1);
    }
  }

  @Test
  void javaToolOptions_printed_changeNothing() throws Exception {
    try (Environment lambda = commands(Map.of("JAVA_TOOL_OPTIONS", "-Dnobody.reads=this"))) {
      lambda.invoke("\"leak\"");
      assertThat(lambda.printedWhenIdle(1)).startsWith("Picked up JAVA_TOOL_OPTIONS");
      assertThat(lambda.documents()).hasSize(1);
    }
  }

  @Test
  void samLocal_firstSight_isReportedInFullAndCounted() throws Exception {
    try (Environment lambda = commands(Map.of("AWS_SAM_LOCAL", "true"))) {
      lambda.invoke("\"leak\"");
      assertThat(lambda.printedWhenIdle(1)).contains("LeakGuard: 1 thread outlived");
      assertThat(lambda.documents()).singleElement().asString().contains("\"LeakedThreads\":1");
    }
  }

  @Test
  void handlerThatThrows_isNoLeak_norIsWhatTheRuntimeClientStartsThen() throws Exception {
    try (Environment lambda = commands(Map.of())) {
      assertThat(lambda.invoke("\"throw\"").body())
          .contains("\"errorMessage\":\"as told\"", "IllegalStateException");
      assertThat(lambda.invoke("\"threads\"").body()).contains("Keep-Alive-Timer");
      lambda.invoke("\"throw\"");
      lambda.invoke("\"clean\"");
      lambda.printedWhenIdle(1);
      assertThat(lambda.documents()).isEmpty();
    }
  }

  @Test
  void concurrent_lanes_areNeverReported() throws Exception {
    try (Environment lambda = commands(CONCURRENT)) {
      assertThat(meet(lambda)).hasSize(LANES);
      meet(lambda);
      meet(lambda);
      lambda.printedWhenIdle(LANES);
      assertThat(lambda.documents()).isEmpty();
    }
  }

  /** Lets all lanes run at the same time; returns their names. */
  private static Set<String> meet(Environment lambda) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      answers.add(lambda.send("\"meet\""));
    }
    Set<String> names = new HashSet<>();
    answers.forEach(answer -> names.add(lambda.await(answer).body()));
    return names;
  }

  @Test
  void concurrent_leak_isChargedWhenAllHaveEndedThatOverlappedIt() throws Exception {
    try (Environment lambda = commands(CONCURRENT)) {
      meet(lambda);
      CompletableFuture<Answer> before = lambda.send("\"hold before\"");
      lambda.invoke(Event.of("the-leak", "\"leak-during before\""));
      lambda.printedWhenIdle(LANES - 1);
      assertThat(lambda.documents()).as("one that overlapped it still runs").isEmpty();

      CompletableFuture<Answer> after = lambda.send("\"hold after\"");
      lambda.invoke("\"free-during before after\"");
      lambda.await(before);
      // Two that end at the same time leave a look to the next one.
      lambda.invoke("\"clean\"");
      lambda.printedWhenIdle(LANES - 1);
      assertThat(lambda.documents())
          .as("only one that began later still runs")
          .singleElement()
          .asString()
          .contains("\"requestId\":\"the-leak\"", "order-writer");

      lambda.invoke("\"free-during after after\"");
      lambda.await(after);
      lambda.printedWhenIdle(LANES);
      assertThat(lambda.documents()).hasSize(1);
    }
  }

  @Test
  void snapStart_threadsOfTheHooks_areTheBaseline_andReportsNeedNoMoreClasses() throws Exception {
    Map<String, String> variables =
        Map.of(
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "snap-start",
            "JAVA_TOOL_OPTIONS",
            "-Xlog:class+load:stdout"
                + " -Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    try (Environment lambda = new Environment(root, Modes.Snapshot.class.getName(), variables)) {
      lambda.readyForSnapshot();
      String initialisation = lambda.printed();
      assertThat(initialisation).contains("[class,load] software.amazon.cloudwatchlogs");
      lambda.restore();
      assertThat(lambda.invoke("\"threads\"").body())
          .contains("of-the-constructor", "of-the-checkpoint", "of-the-restore");
      lambda.invoke("\"clean\"");
      lambda.printedWhenIdle(1);
      assertThat(lambda.documents()).isEmpty();

      lambda.invoke(Event.of("the-leak", "\"leak\""));
      String afterRestore = lambda.printedWhenIdle(1).substring(initialisation.length());
      assertThat(lambda.documents())
          .singleElement()
          .asString()
          .contains("\"requestId\":\"the-leak\"", "order-writer");
      assertThat(afterRestore)
          .contains("[class,load] io.leakguard.")
          .containsOnlyOnce("{\"leakguard\"")
          .doesNotContain("[class,load] software.amazon.cloudwatchlogs")
          .doesNotContain("[class,load] com.fasterxml.jackson");
    }
  }
}
