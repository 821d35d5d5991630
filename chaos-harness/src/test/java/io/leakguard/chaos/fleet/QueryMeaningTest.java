package io.leakguard.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the query means, on lines that the real guard writes in a run. */
class QueryMeaningTest {
  private static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");
  private static final Window WINDOW = Window.until(NOW, Duration.ofHours(24));
  private static final Window BEFORE = WINDOW.before(Duration.ofHours(24));
  private static final String GROUP = "/aws/lambda/orders";
  private static final Pattern NAME = Pattern.compile("\\(([A-Za-z.]+)\\)");

  /** Version 11 is clean, version 12 leaks. */
  private static final List<LogLine> LINES = new ArrayList<>();

  @BeforeAll
  static void runTheGuard(@TempDir Path folder) throws Exception {
    if (!RealGuard.isBuilt()) {
      return;
    }
    RealGuard guard = new RealGuard(folder);
    List<String> clean = guard.lines(version("11", "aaaa111"), "fine", "fine");
    List<String> leaking =
        guard.lines(version("12", "bbbb222"), "leak", "leak", "leak", "leak", "leak");
    Instant time = NOW.minus(Duration.ofHours(30));
    for (String line : clean) {
      LINES.add(new LogLine(time, GROUP, line));
    }
    time = NOW.minus(Duration.ofHours(3));
    for (String line : leaking) {
      time = time.plusSeconds(1);
      LINES.add(new LogLine(time, GROUP, line));
    }
    LINES.add(new LogLine(time, GROUP, "REPORT RequestId: 1 Duration: 3.1 ms"));
    LINES.add(new LogLine(time, GROUP, "{\"fingerprint\":\"of something else\",\"kind\":\"k\"}"));
    LINES.add(new LogLine(time, "/aws/lambda/orders-archive", "{\"message\":\"no guard\"}"));
  }

  /** Not before all of them: then none would be counted as skipped. */
  @BeforeEach
  void guardIsBuilt() {
    assumeTrue(RealGuard.isBuilt(), RealGuard.MISSING);
  }

  private static Map<String, String> version(String version, String commit) {
    return Map.of(
        "AWS_LAMBDA_FUNCTION_NAME",
        "orders",
        "AWS_LAMBDA_FUNCTION_VERSION",
        version,
        "LEAKGUARD_COMMIT",
        commit,
        "LEAKGUARD_CREATION",
        "always");
  }

  private static FleetReport report() {
    FakeAccount account =
        new FakeAccount()
            .function("orders", "java21", "team-shop")
            .function("orders-archive", "java17", "team-archive")
            .logGroup(GROUP, 0, NOW)
            .logGroup("/aws/lambda/orders-archive", 0, NOW);
    FleetQuestion question =
        new FleetQuestion("/aws/lambda/", WINDOW, BEFORE, 20, "owner", false, 0.005);
    return new Fleet(question, new EvaluatorEngine(LINES), account, said -> {}).report();
  }

  @Test
  void query_everyFieldItNames_isInALineOfTheGuard() {
    List<String> named = new ArrayList<>(GuardQuery.KEYS);
    String text = GuardQuery.of(WINDOW).text();
    NAME.matcher(text).results().forEach(match -> named.add(match.group(1)));
    // Only findings of other kinds than threads have one; GuardReport's tests know them.
    assertThat(named.remove("amount")).isTrue();

    assertThat(named).hasSizeGreaterThan(12).contains("LeakedThreads", "groupThreads", "family");
    assertThat(named)
        .allSatisfy(
            field ->
                assertThat(LINES)
                    .anyMatch(line -> InsightsEvaluator.fields(line).containsKey(field)));
  }

  @Test
  void report_realLines_tellsTheLeakAndTheDeployThatBroughtIt() {
    FleetReport report = report();

    assertThat(report.counts()).isEqualTo(new FleetReport.Counts(1, 1, 0, 0, 0));
    Leak leak = report.leaks().get(0);
    assertThat(leak.fingerprint()).matches("[0-9a-f]{12}");
    assertThat(leak.kind()).isEqualTo("thread");
    assertThat(leak.family()).isEqualTo("order-writer-N");
    assertThat(leak.meaning()).contains("latch");
    assertThat(leak.startedBy()).startsWith("Orders.process(");
    assertThat(leak.most()).isGreaterThanOrEqualTo(3);
    assertThat(leak.functions())
        .singleElement()
        .isEqualTo(new Leak.Place("orders", List.of("12"), leak.count(), "team-shop"));
    assertThat(leak.deploy())
        .isEqualTo(
            new Leak.Deploy("orders", new Build("12", "bbbb222"), new Build("11", "aaaa111")));
    assertThat(leak.firstSeen()).isBetween(NOW.minus(Duration.ofHours(3)), NOW);
  }

  @Test
  void report_realLines_countsConfirmedReportsOnly() {
    long growing =
        LINES.stream().filter(line -> line.message().contains("\"verdict\":\"GROWING\"")).count();

    assertThat(growing).isPositive();
    assertThat(report().leaks().get(0).count()).isEqualTo(growing);
  }

  @Test
  void coverage_signOfLife_isHeard_andOtherLinesAreNot() {
    Coverage coverage = report().coverage();

    assertThat(coverage.functions()).isEqualTo(2);
    assertThat(coverage.guarded()).isEqualTo(1);
    assertThat(coverage.silent())
        .containsExactly(new Coverage.Silent("orders-archive", "java17", NOW, "team-archive"));
  }

  @Test
  void coverage_cleanFunction_isHeardByItsSignOfLifeAlone() {
    List<LogLine> clean =
        LINES.stream().filter(line -> line.time().isBefore(WINDOW.start())).toList();
    List<Map<String, String>> rows =
        new InsightsEvaluator(clean).rows(GuardQuery.of(BEFORE).withSource("/aws/lambda/"));

    assertThat(rows).hasSize(1);
    LineKey key = Row.of(rows.get(0)).key();
    assertThat(key.function()).isEqualTo("orders");
    assertThat(key.version()).isEqualTo("11");
    assertThat(key.commit()).isEqualTo("aaaa111");
    assertThat(key.guard()).isNotEmpty();
    assertThat(key.isFinding()).isFalse();
  }

  @Test
  void window_lineOnTheBorder_isInOneOfTwoHalvesOnly() {
    Instant border = WINDOW.firstHalf().end();
    List<LogLine> lines = List.of(new LogLine(border, GROUP, LINES.get(0).message()));
    InsightsEvaluator evaluator = new InsightsEvaluator(lines);

    assertThat(evaluator.rows(GuardQuery.of(WINDOW.firstHalf()).text())).isEmpty();
    assertThat(evaluator.rows(GuardQuery.of(WINDOW.secondHalf()).text())).hasSize(1);
    assertThat(evaluator.rows(GuardQuery.of(WINDOW).text())).hasSize(1);
  }

  @Test
  void evaluator_whatItDoesNotKnow_isRefused() {
    InsightsEvaluator evaluator = new InsightsEvaluator(LINES);

    for (String query :
        List.of(
            "parse @message /x/",
            "filter kind like /x/",
            "filter toMillis(kind) >= 1",
            "stats avg(groupThreads) as a by kind",
            "sort kind asc")) {
      assertThatIllegalArgumentException().as(query).isThrownBy(() -> evaluator.rows(query));
    }
  }
}
