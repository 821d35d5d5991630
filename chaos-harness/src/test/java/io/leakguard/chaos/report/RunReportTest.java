package io.leakguard.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.leakguard.chaos.verdict.Finding;
import io.leakguard.chaos.verdict.Judgement;
import io.leakguard.chaos.verdict.Resource;
import io.leakguard.chaos.verdict.Slope;
import io.leakguard.chaos.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static final Finding THREADS =
      new Finding(
          "thread",
          "7c1f09ab",
          "pool-N-thread-N",
          1.0,
          false,
          8,
          "WAITING",
          List.of("java.util.concurrent.ThreadPoolExecutor.getTask(ThreadPoolExecutor.java:1062)"),
          null,
          "idle worker of a pool: a pool is created per invocation and never shut down; make it a"
              + " static field, or close it in finally",
          "4f1c");

  private static final Finding SOCKETS =
      new Finding(
          "socket",
          null,
          "sockets to the upstream",
          1.0,
          true,
          8,
          "ESTABLISHED",
          null,
          null,
          "d",
          "r");

  private static Judgement judgement(Verdict verdict, Finding... findings) {
    Slope one = new Slope(1, 0.9, 1.1);
    return Judgement.of(
        verdict,
        verdict == Verdict.FAILED || verdict == Verdict.HARNESS_FAULT ? "of the reason" : "",
        verdict == Verdict.LEAK ? Map.of(Resource.THREADS, one) : Map.of(),
        List.of(findings));
  }

  private static Cell cell(String function, String shape, Verdict verdict, Finding... findings) {
    return new Cell(
        function,
        !function.startsWith("Leaky"),
        shape,
        judgement(verdict, findings),
        "./chaos run --function " + function + " --shape " + shape);
  }

  private static RunReport report(Verdict negative, Verdict positive, Cell... cells) {
    return report(
        negative,
        positive,
        List.of(new ShapeNotRun("OneFunction", "poison-record", "its events are no batches")),
        cells);
  }

  private static RunReport report(
      Verdict negative, Verdict positive, List<ShapeNotRun> notRun, Cell... cells) {
    return new RunReport(
        Instant.EPOCH,
        Duration.ofSeconds(41),
        "template.yaml",
        Map.of("leakguard", "0.1.0"),
        1,
        negative,
        positive,
        List.of(cells),
        notRun,
        Map.of("PythonFunction", "template.yaml:9: runtime python3.12 is not Java"),
        false);
  }

  private static RunReport sound(Cell... cells) {
    return report(Verdict.CLEAN, Verdict.LEAK, cells);
  }

  @Test
  void text_showsTableThenEachBugOnceWithItsReplay() {
    String text =
        TerminalReport.text(
            sound(
                cell("OrdersApiFunction", "slow-upstream", Verdict.CLEAN),
                cell("LeakyPoolFunction", "slow-upstream", Verdict.LEAK, THREADS),
                cell("OrdersApiFunction", "connection-reset", Verdict.FAILED),
                cell("LeakyPoolFunction", "connection-reset", Verdict.LEAK, THREADS)));
    assertThat(text)
        .isEqualTo(
            """
            shape             OrdersApi  LeakyPool*
            slow-upstream     clean      LEAK +1.0
            connection-reset  failed     LEAK +1.0
            * not part of a plain deploy: its condition is false
            controls: the leak found, the clean handler clean
            not run: poison-record on OneFunction: its events are no batches
            not run: PythonFunction: template.yaml:9: runtime python3.12 is not Java

            LEAK  LeakyPoolFunction under slow-upstream: +1.0 threads per invocation (0.9 to 1.1)
              family   pool-N-thread-N, 8 left by the first fault, WAITING
              at       java.util.concurrent.ThreadPoolExecutor.getTask(ThreadPoolExecutor.java:1062)
              left by  invocation 4f1c
              means    idle worker of a pool: a pool is created per invocation and never shut down; make it a
                       static field, or close it in finally
              also     connection-reset
              again    ./chaos run --function LeakyPoolFunction --shape slow-upstream

            failed  OrdersApiFunction under connection-reset
              because  of the reason
              again    ./chaos run --function OrdersApiFunction --shape connection-reset
            """);
  }

  @Test
  void text_manyFunctions_fitsAHundredColumns() {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      cells.add(cell("LeakyNumber" + i + "Function", "freeze-stale-connection", Verdict.LEAK));
    }
    List<String> table =
        TerminalReport.text(sound(cells.toArray(Cell[]::new)))
            .lines()
            .takeWhile(line -> !line.startsWith("*"))
            .toList();
    assertThat(table).allMatch(line -> line.length() <= 100);
    assertThat(String.join(" ", table).split("LEAK \\+1\\.0", -1)).hasSize(21);
  }

  @Test
  void text_shapesNotRunForOneReason_areOneLine() {
    List<ShapeNotRun> notRun = new ArrayList<>();
    for (String shape : List.of("a", "b", "c", "d")) {
      notRun.add(new ShapeNotRun("OneFunction", shape, "no server"));
    }
    notRun.add(new ShapeNotRun("TwoFunction", "a", "no server"));
    notRun.add(new ShapeNotRun("TwoFunction", "b", "no server"));

    assertThat(
            TerminalReport.text(
                report(Verdict.CLEAN, Verdict.LEAK, notRun, cell("F", "s", Verdict.CLEAN))))
        .contains("not run: 4 shapes on OneFunction: no server\n")
        .contains("not run: a, b on TwoFunction: no server\n");
  }

  @Test
  void text_controlsThatFail_saysThatNothingIsProven() {
    assertThat(
            TerminalReport.text(report(Verdict.LEAK, Verdict.LEAK, cell("F", "s", Verdict.CLEAN))))
        .contains("controls: FAILED, this run proves nothing");
  }

  @Test
  void json_hasTheDocumentedNamesAndLeavesOutWhatMeansNothing() {
    RunReport report =
        sound(
            cell("F", "s", Verdict.LEAK, THREADS, SOCKETS), cell("F", "t", Verdict.HARNESS_FAULT));
    JsonObject root = ResultsJson.tree(report);
    assertThat(root.get("schemaVersion").getAsInt()).isEqualTo(1);
    assertThat(root.getAsJsonObject("controls").get("negative").getAsString()).isEqualTo("clean");
    assertThat(root.getAsJsonObject("controls").get("positive").getAsString()).isEqualTo("leak");
    JsonObject leak = root.getAsJsonArray("cells").get(0).getAsJsonObject();
    assertThat(leak.get("verdict").getAsString()).isEqualTo("leak");
    assertThat(leak.getAsJsonObject("slopes").get("threads").getAsDouble()).isEqualTo(1.0);
    JsonObject thread = leak.getAsJsonArray("findings").get(0).getAsJsonObject();
    assertThat(thread.keySet())
        .contains("kind", "fingerprint", "family", "perInvocation", "heals", "state", "stack")
        .contains("diagnosis", "requestId")
        .doesNotContain("createdBy");
    JsonObject socket = leak.getAsJsonArray("findings").get(1).getAsJsonObject();
    assertThat(socket.keySet()).doesNotContain("fingerprint", "stack");
    JsonObject fault = root.getAsJsonArray("cells").get(1).getAsJsonObject();
    assertThat(fault.get("verdict").getAsString()).isEqualTo("harness-fault");
    assertThat(fault.get("reason").getAsString()).isEqualTo("of the reason");
  }
}
