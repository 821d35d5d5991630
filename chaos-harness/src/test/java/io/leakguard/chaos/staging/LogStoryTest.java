package io.leakguard.chaos.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.verdict.Failure;
import io.leakguard.chaos.verdict.Outcome;
import io.leakguard.chaos.verdict.Past;
import io.leakguard.chaos.verdict.Phase;
import io.leakguard.chaos.verdict.Witness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From the lines of a log group to environments, phases and what their guards said. */
class LogStoryTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String DOCUMENT =
      "{\"_aws\":{\"CloudWatchMetrics\":[{\"Namespace\":\"Acme\"}]},\"LiveThreads\":21.0,"
          + "\"SurplusThreads\":1.0,\"OpenDescriptors\":40.0,\"verdict\":\"GROWING\","
          + "\"fingerprint\":\"f1\",\"family\":\"pool-N\",\"groupThreads\":3}";
  private static final String SIGN =
      "{\"leakguard\":{\"guard\":\"0.1.0\",\"function\":\"f\"},\"level\":\"WARN\"}";

  private final Map<Phase, Instant> begins = new EnumMap<>(Phase.class);
  private final List<Call> calls = new ArrayList<>();
  private final List<LogLine> lines = new ArrayList<>();

  LogStoryTest() {
    for (Phase phase : Phase.values()) {
      begins.put(phase, BEGIN.plusSeconds(phase.numbersFrom() / 1_000));
    }
  }

  private void line(String stream, double second, String text) {
    lines.add(new LogLine(stream, BEGIN.plusMillis((long) (second * 1000)), text));
  }

  private void called(Phase phase, String requestId) {
    calls.add(new Call(phase, requestId, Optional.empty(), false));
  }

  private void ran(String stream, double second, String requestId, String... said) {
    line(stream, second, "START RequestId: " + requestId + " Version: 3");
    for (String text : said) {
      line(stream, second + 0.1, text);
    }
    line(
        stream,
        second + 0.2,
        "REPORT RequestId: " + requestId + "\tDuration: 12.50 ms\tBilled Duration: 13 ms\t");
  }

  private LogStory story() {
    return new LogStory(begins, calls, lines);
  }

  private CellLog cell() {
    return new CellLog(story(), calls, BEGIN);
  }

  @Test
  void document_belongsToThePhaseOfItsInvocation_evenWhereClocksDiffer() {
    called(Phase.FAULT, "r1");
    // By this clock it would have been the recovery.
    ran("e1", 31, "r1", DOCUMENT);
    Witness witness = cell().witnesses(stream -> Past.UNKNOWN).get(0);
    assertThat(witness.reports().get(Phase.FAULT)).hasSize(1);
    assertThat(witness.served()).isEqualTo(Map.of(Phase.FAULT, 1));
    assertThat(witness.guarded()).isTrue();
  }

  @Test
  void invocationOfSomebodyElse_belongsToThePhaseInWhichItBegan() {
    called(Phase.FAULT, "r1");
    ran("e1", 21, "r1");
    ran("e1", 22, "foreign", DOCUMENT);
    Witness witness = cell().witnesses(stream -> Past.UNKNOWN).get(0);
    assertThat(witness.served()).isEqualTo(Map.of(Phase.FAULT, 2));
    assertThat(witness.reports().get(Phase.FAULT)).hasSize(1);
  }

  @Test
  void invocationBeforeTheCell_isNotOfIt() {
    called(Phase.WARM_UP, "r1");
    ran("e1", -3, "earlier", DOCUMENT);
    ran("e1", 1, "r1");
    Witness witness = cell().witnesses(stream -> Past.UNKNOWN).get(0);
    assertThat(witness.served()).isEqualTo(Map.of(Phase.WARM_UP, 1));
    assertThat(witness.reports().get(Phase.WARM_UP)).isEmpty();
  }

  @Test
  void streams_areEnvironments() {
    called(Phase.FAULT, "r1");
    called(Phase.FAULT, "r2");
    ran("e1", 21, "r1", DOCUMENT);
    ran("e2", 22, "r2", "a line of the function");
    List<Witness> witnesses =
        cell().witnesses(stream -> new Past(stream.equals("e2"), Optional.empty(), Map.of()));
    assertThat(witnesses).extracting(Witness::name).containsExactly("e1", "e2");
    assertThat(witnesses).extracting(Witness::guarded).containsExactly(true, true);
    assertThat(cell().witnesses(stream -> Past.UNKNOWN))
        .last()
        .extracting(Witness::guarded)
        .isEqualTo(false);
  }

  @Test
  void signOfLife_showsAGuardAndIsNoReport() {
    called(Phase.WARM_UP, "r1");
    ran("e1", 1, "r1", SIGN);
    Witness witness = cell().witnesses(stream -> Past.UNKNOWN).get(0);
    assertThat(witness.guarded()).isTrue();
    assertThat(witness.reports().get(Phase.WARM_UP)).isEmpty();
  }

  @Test
  void missing_countsWhatHasNotEnded() {
    called(Phase.BASELINE, "r1");
    called(Phase.BASELINE, "r2");
    ran("e1", 11, "r1");
    line("e1", 12, "START RequestId: r2 Version: 3");
    assertThat(story().missing(Phase.BASELINE)).isEqualTo(1);
    // What somebody else has sent does not stand in for it.
    ran("e1", 13, "foreign");
    assertThat(story().missing(Phase.BASELINE)).isEqualTo(1);
    line("e1", 14, "REPORT RequestId: r2\tDuration: 1.00 ms\t");
    assertThat(story().missing(Phase.BASELINE)).isZero();
  }

  @Test
  void missing_countsByTimeWhereAnswersNameNoInvocation() {
    called(Phase.BASELINE, "");
    called(Phase.BASELINE, "");
    ran("e1", 11, "x1");
    assertThat(story().missing(Phase.BASELINE)).isEqualTo(1);
    ran("e1", 12, "x2");
    assertThat(story().missing(Phase.BASELINE)).isZero();
  }

  @Test
  void missing_leavesOutWhatTheCallerGaveUp() {
    calls.add(new Call(Phase.FAULT, "", Optional.empty(), true));
    assertThat(story().missing(Phase.FAULT)).isZero();
  }

  @Test
  void platformLines_areReadAsJsonToo() {
    called(Phase.FAULT, "r1");
    line(
        "e1",
        21,
        "{\"time\":\"2026-01-01T00:00:21.000Z\",\"type\":\"platform.start\",\"record\":"
            + "{\"requestId\":\"r1\",\"version\":\"3\"}}");
    line("e1", 21.1, DOCUMENT);
    line(
        "e1",
        21.2,
        "{\"time\":\"2026-01-01T00:00:21.200Z\",\"type\":\"platform.report\",\"record\":"
            + "{\"requestId\":\"r1\",\"metrics\":{\"durationMs\":200.5},\"status\":\"success\"}}");
    assertThat(story().missing(Phase.FAULT)).isZero();
    assertThat(story().environments().get("e1").get(0).took().toMillis()).isEqualTo(200);
  }

  @Test
  void lineThatLooksLikeThePlatforms_isNone() {
    called(Phase.FAULT, "r1");
    ran("e1", 21, "r1", "START RequestId: ", "{\"type\":\"platform.start\"}", "{\"platform.");
    assertThat(story().environments().get("e1")).hasSize(1);
  }

  @Test
  void levels_areKnownWhereTheGuardToldThem() {
    called(Phase.FAULT, "r1");
    called(Phase.FAULT, "r2");
    ran("e1", 21, "r1", DOCUMENT);
    ran("e1", 22, "r2");
    var samples = cell().phases().get(Phase.FAULT).samples();
    assertThat(samples.get(0).counted().orElseThrow().threads()).isEqualTo(21);
    assertThat(samples.get(0).counted().orElseThrow().descriptors()).isEqualTo(40);
    assertThat(samples.get(1).counted()).isEmpty();
  }

  @Test
  void past_withMoreThreadsThanThereAre_makesDeaf() {
    String ended = DOCUMENT.replace("GROWING", "RECOVERED").replace("Threads\":3", "Threads\":0");
    assertThat(Past.of(List.of(SIGN))).isEqualTo(new Past(true, Optional.empty(), Map.of()));
    assertThat(Past.of(List.of(DOCUMENT)))
        .isEqualTo(new Past(true, Optional.empty(), Map.of("f1", 3)));
    assertThat(Past.of(List.of(DOCUMENT, ended)).deafTo()).contains(new Past.Ended("pool-N", 3));
    assertThat(Past.of(List.of())).isEqualTo(Past.UNKNOWN);
  }

  @Test
  void outcomes_areThoseThatCallersSaw() {
    Failure failure = new Failure(Failure.Kind.HANDLER_ERROR, "the handler failed");
    calls.add(new Call(Phase.FAULT, "r1", Optional.of(failure), false));
    called(Phase.FAULT, "r2");
    ran("e1", 21, "r1");
    ran("e1", 22, "r2");
    var record = cell().phases().get(Phase.FAULT);
    assertThat(record.outcomes())
        .containsEntry(Outcome.FAILED, 1)
        .containsEntry(Outcome.SUCCEEDED, 1);
    assertThat(record.failures()).containsEntry(failure, 1);
    assertThat(record.samples())
        .extracting("outcome")
        .containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
  }

  @Test
  void errors_areToldApartByLambdasWords() {
    assertThat(
            LambdaCaller.error("{\"errorMessage\":\"2026 x Task timed out after 3.00 seconds\"}")
                .kind())
        .isEqualTo(Failure.Kind.TIMED_OUT);
    assertThat(
            LambdaCaller.error("{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"x\"}")
                .kind())
        .isEqualTo(Failure.Kind.TIMED_OUT);
    assertThat(
            LambdaCaller.error("{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"x\"}")
                .kind())
        .isEqualTo(Failure.Kind.EXITED);
    assertThat(LambdaCaller.error("{\"errorType\":\"java.io.IOException\"}").text())
        .isEqualTo("the handler failed with java.io.IOException");
    assertThat(LambdaCaller.error("no JSON").kind()).isEqualTo(Failure.Kind.HANDLER_ERROR);
  }
}
