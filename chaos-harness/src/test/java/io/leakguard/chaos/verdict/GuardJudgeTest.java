package io.leakguard.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Verdicts by what guards say, environment by environment. */
class GuardJudgeTest {
  private final List<Witness> witnesses = new ArrayList<>();
  private Past past = Past.UNKNOWN;
  private final Map<Phase, PhaseRecord> phases = new EnumMap<>(Phase.class);

  GuardJudgeTest() {
    for (Phase phase : Phase.values()) {
      ended(phase, Outcome.SUCCEEDED);
    }
  }

  private void ended(Phase phase, Outcome outcome) {
    phases.put(phase, new PhaseRecord(List.of(), Map.of(outcome, 8), Map.of(), List.of()));
  }

  private Judgement judge() {
    Map<Phase, Integer> planned = new EnumMap<>(Phase.class);
    phases.keySet().forEach(phase -> planned.put(phase, 8));
    return GuardJudge.judge(
        witnesses, phases, Course.UNKNOWN, new Judge.Limits(planned, 5, 100, 1));
  }

  private static GuardReport says(String verdict, int threads) {
    return new GuardReport(
        "thread",
        "r1",
        verdict,
        "f1",
        "family",
        threads,
        threads,
        "WAITING",
        verdict.equals("GROWING") && threads == 3 ? List.of("a.B.c(B.java:1)") : List.of(),
        "",
        "");
  }

  private static Map<Phase, Integer> served(int fault, int again) {
    return Map.of(Phase.FAULT, fault, Phase.FAULT_AGAIN, again);
  }

  private void environment(
      String name, Map<Phase, Integer> served, Map<Phase, List<GuardReport>> reports) {
    witnesses.add(new Witness(name, true, past, served, reports));
  }

  @Test
  void silentGuard_thatSawBothFaults_isClean() {
    environment("e1", served(8, 8), Map.of());
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void silence_withoutAGuard_isNoVerdict() {
    witnesses.add(new Witness("e1", false, Past.UNKNOWN, served(8, 8), Map.of()));
    assertThat(judge().verdict()).isEqualTo(Verdict.HARNESS_FAULT);
    assertThat(judge().reason()).contains("environment e1").contains("silence says nothing");
  }

  private Judgement afterSoManyHaveEnded(int count) {
    Past.Ended ended = new Past.Ended("call-N", count);
    past = new Past(true, Optional.of(ended), Map.of());
    environment("e1", served(8, 8), Map.of());
    return judge();
  }

  @Test
  void silence_ofAGuardThatWaitsForMoreThanThereWere_isNoVerdict() {
    Judgement judgement = afterSoManyHaveEnded(5);
    assertThat(judgement.verdict()).isEqualTo(Verdict.HARNESS_FAULT);
    assertThat(judgement.reason()).contains("had more of call-N before");
  }

  @Test
  void silence_ofAGuardThatWouldHaveHeardALeak_isClean() {
    assertThat(afterSoManyHaveEnded(4).verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void oneOfTwoEnvironmentsWithoutAGuard_isNoVerdict() {
    environment("e1", served(6, 6), Map.of());
    witnesses.add(new Witness("e2", false, Past.UNKNOWN, served(2, 2), Map.of()));
    assertThat(judge().verdict()).isEqualTo(Verdict.HARNESS_FAULT);
  }

  @Test
  void environmentWithoutAGuard_thatServedNoFault_doesNotMatter() {
    environment("e1", served(8, 8), Map.of());
    witnesses.add(new Witness("e2", false, Past.UNKNOWN, Map.of(Phase.BASELINE, 4), Map.of()));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void growthInBothFaults_isALeakWithItsRate() {
    environment(
        "e1",
        served(8, 8),
        Map.of(
            Phase.FAULT, List.of(says("ESCAPED", 1), says("GROWING", 3), says("GROWING", 8)),
            Phase.FAULT_AGAIN, List.of(says("GROWING", 16))));
    Judgement judgement = judge();
    assertThat(judgement.verdict()).isEqualTo(Verdict.LEAK);
    Finding finding = judgement.findings().get(0);
    assertThat(finding.perInvocation()).isEqualTo(1.0);
    assertThat(finding.alive()).isEqualTo(8);
    assertThat(finding.stack()).containsExactly("a.B.c(B.java:1)");
    assertThat(judgement.threads().perInvocation()).isEqualTo(1.0);
    assertThat(judgement.healing()).contains(Healing.NOT_LOOKED_AT);
  }

  @Test
  void suspicion_thatIsNeverConfirmed_isCleanWithAWord() {
    environment("e1", served(8, 8), Map.of(Phase.FAULT, List.of(says("ESCAPED", 1))));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(judge().reason())
        .isEqualTo("suspected, and not confirmed in so few invocations: family");
  }

  @Test
  void suspicion_thatTheRecoveryEnds_isCleanWithoutAWord() {
    environment(
        "e1",
        served(8, 8),
        Map.of(
            Phase.FAULT, List.of(says("ESCAPED", 1)),
            Phase.RECOVERY, List.of(says("RECOVERED", 0))));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(judge().reason()).isEmpty();
  }

  @Test
  void growth_thatWasThereBeforeTheFault_isCountedFromThere() {
    past = new Past(true, Optional.empty(), Map.of("f1", 4));
    environment(
        "e1",
        served(8, 8),
        Map.of(
            Phase.FAULT, List.of(says("GROWING", 12)),
            Phase.FAULT_AGAIN, List.of(says("GROWING", 24))));
    assertThat(judge().findings().get(0).perInvocation()).isEqualTo(1.0);
  }

  @Test
  void suspicionThatIsConfirmedInTheSecondFault_isALeakWithTheRateOfBoth() {
    environment(
        "e1",
        served(4, 4),
        Map.of(
            Phase.FAULT, List.of(says("ESCAPED", 1)),
            Phase.FAULT_AGAIN, List.of(says("GROWING", 5), says("GROWING", 8))));
    assertThat(judge().verdict()).isEqualTo(Verdict.LEAK);
    assertThat(judge().findings().get(0).perInvocation()).isEqualTo(1.0);
  }

  @Test
  void growthInTheFirstFaultOnly_isAPoolThatFilled() {
    environment("e1", served(8, 8), Map.of(Phase.FAULT, List.of(says("GROWING", 8))));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void boundedInTheFirstFault_andGrowingInTheSecond_isNeitherLeakNorClean() {
    environment(
        "e1",
        served(8, 8),
        Map.of(
            Phase.FAULT, List.of(says("BOUNDED", 3)),
            Phase.FAULT_AGAIN, List.of(says("GROWING", 9))));
    assertThat(judge().verdict()).isEqualTo(Verdict.HARNESS_FAULT);
  }

  @Test
  void growthInDifferentEnvironments_isNeitherLeakNorClean() {
    environment("e1", served(8, 0), Map.of(Phase.FAULT, List.of(says("GROWING", 8))));
    environment("e2", served(0, 8), Map.of(Phase.FAULT_AGAIN, List.of(says("GROWING", 8))));
    assertThat(judge().verdict()).isEqualTo(Verdict.HARNESS_FAULT);
    assertThat(judge().reason()).contains("e1 grew in phase FAULT, and nothing is known");
  }

  @Test
  void environmentsThatShareAFault_withTooFewInvocationsEach_areNoWitnesses() {
    for (int i = 0; i < 4; i++) {
      environment("e" + i, served(2, 2), Map.of());
    }
    assertThat(judge().verdict()).isEqualTo(Verdict.HARNESS_FAULT);
    assertThat(judge().reason())
        .isEqualTo("none of 4 environments served 4 invocations of both fault phases");
  }

  @Test
  void environmentsThatTheFaultEnds_cannotPileAnythingUp() {
    ended(Phase.FAULT, Outcome.TIMED_OUT);
    ended(Phase.FAULT_AGAIN, Outcome.TIMED_OUT);
    for (int i = 0; i < 8; i++) {
      environment("e" + i, served(i % 2, 1 - i % 2), Map.of());
    }
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void recovery_thatUndoesIt_heals() {
    environment(
        "e1",
        served(8, 8),
        Map.of(
            Phase.FAULT, List.of(says("GROWING", 8)),
            Phase.RECOVERY, List.of(says("RECOVERED", 0)),
            Phase.FAULT_AGAIN, List.of(says("GROWING", 8))));
    assertThat(judge().verdict()).isEqualTo(Verdict.LEAK);
    assertThat(judge().healing()).contains(Healing.AT_ONCE);
    assertThat(judge().findings().get(0).perInvocation()).isEqualTo(1.0);
  }

  @Test
  void errorsWithoutAFault_areAFailure() {
    ended(Phase.BASELINE, Outcome.FAILED);
    witnesses.add(new Witness("e1", false, Past.UNKNOWN, served(8, 8), Map.of()));
    assertThat(judge().verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void memory_isNotJudged() {
    GuardReport memory =
        new GuardReport("memory", "r", "GROWING", "m", "direct", 90, 0, "", List.of(), "", "");
    environment(
        "e1",
        served(8, 8),
        Map.of(Phase.FAULT, List.of(memory), Phase.FAULT_AGAIN, List.of(memory)));
    assertThat(judge().verdict()).isEqualTo(Verdict.CLEAN);
  }
}
