package io.leakguard.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The arithmetic on generated results, as Logs Insights would answer with them: 200 services and a
 * million lines, with more rows than one answer has. No line of it is from a real guard.
 */
class FleetScaleTest {
  private static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);
  private static final Window WINDOW = Window.until(NOW, DAY);
  private static final Window BEFORE = WINDOW.before(DAY);

  private static GeneratedLogs logs;
  private static FakeAccount account;
  private static FleetReport report;

  @BeforeAll
  static void ask() {
    logs = new GeneratedLogs(BEFORE.start(), DAY.multipliedBy(2), 1);
    account = new FakeAccount();
    for (int i = 0; i < GeneratedLogs.SERVICES; i++) {
      account
          .function("service-" + i, "java21", "team-" + i % 7)
          .logGroup("/aws/lambda/service-" + i, 0, NOW);
    }
    FleetQuestion question =
        new FleetQuestion("/aws/lambda/", WINDOW, BEFORE, 1_000, "owner", false, 0.005);
    report = new Fleet(question, logs, account, said -> {}).report();
  }

  @Test
  void answers_moreRowsThanOneHas_areAskedForInParts() {
    // Eighths of the window, quarters of the one before, in which a fourth of the leaks is not.
    assertThat(logs.queries()).isEqualTo(15 + 7);
    assertThat(report.complete()).isTrue();
    assertThat(report.cost().queries()).isEqualTo(logs.queries());
  }

  @Test
  void counts_mergedFromParts_areThoseOfTheLines() {
    Map<String, Long> now = logs.confirmed(WINDOW);
    Map<String, Long> before = logs.confirmed(BEFORE);

    assertThat(report.leaks()).hasSameSizeAs(now.keySet());
    for (Leak leak : report.leaks()) {
      assertThat(leak.count()).isEqualTo(now.get(leak.fingerprint()));
      assertThat(leak.before()).isEqualTo(before.getOrDefault(leak.fingerprint(), 0L));
      assertThat(leak.functions().stream().mapToLong(Leak.Place::count).sum())
          .isEqualTo(leak.count());
    }
  }

  @Test
  void firstSeen_mergedFromParts_isThatOfTheLines() {
    Map<String, Instant> first = logs.firstSeen();

    assertThat(report.leaks())
        .allSatisfy(leak -> assertThat(leak.firstSeen()).isEqualTo(first.get(leak.fingerprint())));
  }

  @Test
  void cost_ofAllParts_countsWhatWasReadTwice() {
    assertThat(report.cost().lines()).isGreaterThan(GeneratedLogs.LINES);
    assertThat(report.cost().dollars(0.005)).isEqualTo(report.cost().bytes() / 1e9 * 0.005);
  }

  @Test
  void leaks_newOnesFirst_thenMostReports() {
    List<Change> changes = report.leaks().stream().map(Leak::change).toList();

    assertThat(changes).isSorted().contains(Change.NEW, Change.KNOWN);
    assertThat(report.counts().fresh()).isEqualTo(GeneratedLogs.FINGERPRINTS / 4);
    List<Leak> fresh = report.leaks().subList(0, GeneratedLogs.FINGERPRINTS / 4);
    assertThat(fresh.stream().map(leak -> -leak.count())).isSorted();
  }

  @Test
  void owners_areAskedOnceAFunction() {
    assertThat(account.tagsAsked).isLessThanOrEqualTo(GeneratedLogs.SERVICES);
    assertThat(report.leaks().get(0).functions().get(0).owner()).startsWith("team-");
  }

  @Test
  void coverage_everyServiceIsHeard() {
    TreeSet<String> functions = new TreeSet<>();
    report.leaks().forEach(leak -> leak.functions().forEach(f -> functions.add(f.function())));

    assertThat(report.coverage().guarded()).isEqualTo(functions.size());
    assertThat(report.coverage().silent()).hasSize(GeneratedLogs.SERVICES - functions.size());
  }
}
