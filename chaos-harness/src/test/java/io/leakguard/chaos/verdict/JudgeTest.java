package io.leakguard.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Judge.Limits LIMITS = new Judge.Limits(planned(8), 5, 100, 1);

  private final Map<Phase, PhaseRecord> phases = new EnumMap<>(Phase.class);

  JudgeTest() {
    for (Phase phase : Phase.values()) {
      phases.put(phase, phase(10, 10, 10, 10, 10, 10, 10, 10));
    }
  }

  private static Map<Phase, Integer> planned(int invocations) {
    Map<Phase, Integer> planned = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      planned.put(phase, invocations);
    }
    return planned;
  }

  private static PhaseRecord phase(int... threads) {
    return record(1, threads, new int[threads.length], Map.of(Outcome.SUCCEEDED, 8), List.of());
  }

  private static PhaseRecord sockets(int... sockets) {
    int[] threads = IntStream.range(0, sockets.length).map(i -> 10).toArray();
    return record(1, threads, sockets, Map.of(Outcome.SUCCEEDED, 8), List.of());
  }

  private static PhaseRecord record(
      int environment,
      int[] threads,
      int[] sockets,
      Map<Outcome, Integer> outcomes,
      List<GuardReport> reports) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < threads.length; i++) {
      samples.add(sample(environment, "r" + i, Levels.of(threads[i], sockets[i], 0)));
    }
    return new PhaseRecord(samples, outcomes, Map.of(), reports);
  }

  private static Sample sample(int environment, String request, Levels levels) {
    return new Sample(
        environment, request, Duration.ZERO, Duration.ZERO, Outcome.SUCCEEDED, Optional.of(levels));
  }

  private static GuardReport report(String verdict, String fingerprint, int threads) {
    return new GuardReport(
        "thread",
        "r1",
        verdict,
        fingerprint,
        "call-N",
        threads,
        threads,
        "RUNNABLE",
        List.of("at x"),
        "",
        "d");
  }

  private Judgement judge() {
    return Judge.judge(phases, Course.UNKNOWN, LIMITS);
  }

  @Test
  void judge_flat_isClean() {
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void judge_threadsGrowInBothFaults_isLeak() {
    phases.put(Phase.FAULT, phase(11, 12, 13, 14, 15, 16, 17, 18));
    phases.put(Phase.RECOVERY, phase(18, 18, 18, 18, 18, 18, 18, 18));
    phases.put(Phase.FAULT_AGAIN, phase(19, 20, 21, 22, 23, 24, 25, 26));
    Judgement judgement = judge();
    assertThat(judgement.verdict()).isEqualTo(Verdict.LEAK);
    assertThat(judgement.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo("thread");
              assertThat(finding.perInvocation()).isEqualTo(1.0);
              assertThat(finding.heals()).isFalse();
            });
  }

  @Test
  void judge_growthThatIsNotRepeated_isClean() {
    phases.put(Phase.FAULT, phase(11, 12, 13, 14, 15, 16, 17, 18));
    phases.put(Phase.RECOVERY, phase(18, 18, 18, 18, 18, 18, 18, 18));
    phases.put(Phase.FAULT_AGAIN, phase(18, 18, 18, 18, 18, 18, 18, 18));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void judge_growthThatEndsWithTheFault_isCleanWithARemark() {
    phases.put(Phase.FAULT, phase(11, 12, 13, 14, 15, 16, 17, 18));
    phases.put(Phase.FAULT_AGAIN, phase(11, 12, 13, 14, 15, 16, 17, 18));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(judge().reason())
        .isEqualTo("threads grow while the fault lasts and are gone when it is over");
  }

  @Test
  void judge_confirmedGrowthThatEndsWithTheFault_isLeakThatHealsAtOnce() {
    phases.put(Phase.FAULT, growing(report("GROWING", "f1", 6)));
    phases.put(Phase.FAULT_AGAIN, growing(report("GROWING", "f1", 6)));
    assertThat(judge().verdict()).isEqualTo(Verdict.LEAK);
    assertThat(judge().healing()).contains(Healing.AT_ONCE);
    assertThat(judge().findings()).singleElement().extracting(Finding::heals).isEqualTo(true);
  }

  private static PhaseRecord growing(GuardReport report) {
    int[] rising = {11, 12, 13, 14, 15, 16, 17, 18};
    return record(1, rising, new int[8], Map.of(Outcome.SUCCEEDED, 8), List.of(report));
  }

  @Test
  void judge_socketsGrow_isSocketLeakFromTheInvocationThatLeftTheFirst() {
    phases.put(Phase.FAULT, sockets(0, 1, 2, 3, 4, 5, 6, 7));
    phases.put(Phase.RECOVERY, sockets(7, 7, 7, 7, 7, 7, 7, 7));
    phases.put(Phase.FAULT_AGAIN, sockets(8, 9, 10, 11, 12, 13, 14, 15));
    assertThat(judge().findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo("socket");
              assertThat(finding.state()).isEqualTo("ESTABLISHED");
              assertThat(finding.requestId()).isEqualTo("r1");
            });
  }

  @Test
  void judge_guardConfirmsInBothFaults_isLeakWithTheGuardsFinding() {
    GuardReport growing = report("GROWING", "f1", 6);
    phases.put(Phase.FAULT, withReports(growing));
    phases.put(Phase.FAULT_AGAIN, withReports(growing));
    assertThat(judge().findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.fingerprint()).isEqualTo("f1"));
  }

  @Test
  void judge_guardOnlySuspects_isClean() {
    phases.put(Phase.FAULT, withReports(report("ESCAPED", "f1", 1)));
    phases.put(Phase.FAULT_AGAIN, withReports(report("ESCAPED", "f1", 1)));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }

  private static PhaseRecord withReports(GuardReport report) {
    int[] flat = {10, 10, 10, 10, 10, 10, 10, 10};
    return record(1, flat, new int[8], Map.of(Outcome.SUCCEEDED, 8), List.of(report));
  }

  @Test
  void judge_errorsInTheBaseline_isFailed() {
    phases.put(
        Phase.BASELINE,
        record(
            1,
            new int[] {10, 10, 10, 10, 10, 10, 10, 10},
            new int[8],
            Map.of(Outcome.SUCCEEDED, 7, Outcome.FAILED, 1),
            List.of()));
    Judgement judgement = judge();
    assertThat(judgement.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(judgement.reason()).contains("1 of 8").contains("BASELINE");
  }

  @Test
  void judge_errorsInTheWarmUp_areNotJudged() {
    phases.put(
        Phase.WARM_UP,
        record(
            1,
            new int[] {10, 10, 10, 10, 10, 10, 10, 10},
            new int[8],
            Map.of(Outcome.SUCCEEDED, 7, Outcome.FAILED, 1),
            List.of()));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void judge_errorsUnderFault_areNotJudged() {
    phases.put(
        Phase.FAULT,
        record(
            1,
            new int[] {10, 10, 10, 10, 10, 10, 10, 10},
            new int[8],
            Map.of(Outcome.FAILED, 8),
            List.of()));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void judge_missingInvocations_isHarnessFaultEvenIfItGrows() {
    phases.put(
        Phase.RECOVERY,
        record(1, new int[] {10}, new int[1], Map.of(Outcome.SUCCEEDED, 1), List.of()));
    assertThat(judge().verdict()).isEqualTo(Verdict.HARNESS_FAULT);
    assertThat(judge().reason()).isEqualTo("only 1 of 8 invocations were seen in RECOVERY");
  }

  @Test
  void judge_environmentsReplaced_doNotAddUp() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      samples.add(sample(i + 2, "r" + i, Levels.of(10 + i, 0, 0)));
    }
    PhaseRecord killed =
        new PhaseRecord(samples, Map.of(Outcome.TIMED_OUT, 8), Map.of(), List.of());
    phases.put(Phase.FAULT, killed);
    phases.put(Phase.FAULT_AGAIN, killed);
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void judge_failuresWithoutFault_areNamedTheMostFrequentFirst() {
    fail(
        Phase.BASELINE,
        Map.of(
            new Failure(Failure.Kind.HANDLER_ERROR, "the handler failed with a.B: c"), 5,
            new Failure(Failure.Kind.ERROR_ANSWER, "the answer has statusCode 500"), 3));
    assertThat(judge().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(judge().reason())
        .isEqualTo(
            "8 of 8 invocations failed in phase BASELINE, more than 5 %: the handler failed with"
                + " a.B: c (5 times); the answer has statusCode 500 (3 times)");
  }

  @Test
  void judge_exitOrFailedInitUnderFault_isNeverClean() {
    for (Failure.Kind kind : List.of(Failure.Kind.EXITED, Failure.Kind.INIT_FAILED)) {
      fail(Phase.FAULT, Map.of(new Failure(kind, "it went wrong"), 1));
      assertThat(judge().verdict()).isEqualTo(Verdict.FAILED);
      assertThat(judge().reason()).isEqualTo("in phase FAULT it went wrong");
    }
  }

  @Test
  void judge_otherFailuresUnderFault_areExpected() {
    for (Failure.Kind kind :
        List.of(
            Failure.Kind.HANDLER_ERROR,
            Failure.Kind.ERROR_ANSWER,
            Failure.Kind.TIMED_OUT,
            Failure.Kind.KILLED)) {
      fail(Phase.FAULT, Map.of(new Failure(kind, "it went wrong"), 8));
      assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
    }
  }

  @Test
  void judge_refusalOfEveryEvent_isCleanWithARemark() {
    PhaseRecord served = phases.get(Phase.BASELINE);
    int count = served.invocations();
    phases.put(
        Phase.BASELINE,
        new PhaseRecord(
            served.samples(),
            served.outcomes(),
            Map.of(new Failure(Failure.Kind.REFUSAL, "the answer has statusCode 400"), count),
            List.of()));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(judge().reason())
        .isEqualTo(
            "the answer has statusCode 400 (%d times): it may need an event of its own (--event"
                    .formatted(count)
                + " FILE)");
  }

  private void fail(Phase phase, Map<Failure, Integer> failures) {
    PhaseRecord level =
        record(
            1,
            new int[] {10, 10, 10, 10, 10, 10, 10, 10},
            new int[8],
            Map.of(Outcome.FAILED, 8),
            List.of());
    phases.put(
        phase, new PhaseRecord(level.samples(), level.outcomes(), failures, level.reports()));
  }
}
