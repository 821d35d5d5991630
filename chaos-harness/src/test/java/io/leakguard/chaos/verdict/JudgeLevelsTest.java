package io.leakguard.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What shapes of growth are called a leak, and which are not. */
class JudgeLevelsTest {
  @Test
  void fourInvocationsPerPhase_areEnoughForAClearLeak() {
    Judgement judgement =
        Cells.threads()
            .with(Phase.FAULT, 11, 12, 13, 14)
            .with(Phase.RECOVERY, 14, 14, 14, 14)
            .with(Phase.FAULT_AGAIN, 15, 16, 17, 18)
            .judge();
    assertThat(judgement.verdict()).isEqualTo(Verdict.LEAK);
    assertThat(judgement.threads().low()).isEqualTo(1.0);
  }

  @Test
  void poolThatFillsUpInTheFault_isClean() {
    assertThat(
            Cells.threads()
                .with(Phase.FAULT, 11, 12, 13, 14, 14, 14, 14, 14)
                .with(Phase.RECOVERY, 14, 14, 14, 14)
                .with(Phase.FAULT_AGAIN, 14, 14, 14, 14, 14, 14, 14, 14)
                .judge()
                .verdict())
        .isEqualTo(Verdict.CLEAN);
  }

  @Test
  void poolThatFillsUpInWarmUpAndBaseline_isClean() {
    assertThat(
            Cells.threads()
                .with(Phase.WARM_UP, 11, 12, 13, 14)
                .with(Phase.BASELINE, 15, 16, 17, 18)
                .with(Phase.FAULT, 18, 18, 18, 18, 18, 18, 18, 18)
                .with(Phase.RECOVERY, 18, 18, 18, 18)
                .with(Phase.FAULT_AGAIN, 18, 18, 18, 18, 18, 18, 18, 18)
                .judge()
                .verdict())
        .isEqualTo(Verdict.CLEAN);
  }

  @Test
  void sawtooth_isClean() {
    assertThat(
            Cells.threads()
                .with(Phase.FAULT, 11, 12, 13, 10, 11, 12, 13, 10)
                .with(Phase.RECOVERY, 10, 10, 10, 10)
                .with(Phase.FAULT_AGAIN, 11, 12, 13, 10, 11, 12, 13, 10)
                .judge()
                .verdict())
        .isEqualTo(Verdict.CLEAN);
  }

  @Test
  void oneEveryOtherInvocation_isLeak() {
    assertThat(
            Cells.threads()
                .with(Phase.FAULT, 10, 11, 11, 12, 12, 13, 13, 14)
                .with(Phase.RECOVERY, 14, 14, 14, 14)
                .with(Phase.FAULT_AGAIN, 14, 15, 15, 16, 16, 17, 17, 18)
                .judge()
                .verdict())
        .isEqualTo(Verdict.LEAK);
  }

  @Test
  void keepAliveCacheOfFive_isClean() {
    assertThat(
            Cells.established()
                .with(Phase.BASELINE, 0, 0, 0, 0)
                .with(Phase.FAULT, 1, 2, 3, 4)
                .with(Phase.RECOVERY, 4, 4, 4, 4)
                .with(Phase.FAULT_AGAIN, 5, 5, 5, 5)
                .judge()
                .verdict())
        .isEqualTo(Verdict.CLEAN);
  }

  @Test
  void slowlyFilledKeepAliveCache_isWithinTheAllowance() {
    assertThat(
            Cells.established()
                .with(Phase.BASELINE, 0, 0, 0, 0)
                .with(Phase.FAULT, 0, 0, 1, 1, 1, 2, 2, 2)
                .with(Phase.RECOVERY, 2, 2, 2, 2)
                .with(Phase.FAULT_AGAIN, 2, 2, 3, 3, 3, 4, 4, 4)
                .judge()
                .verdict())
        .isEqualTo(Verdict.CLEAN);
  }

  @Test
  void socketsThatThePeerClosed_areCalledCloseWait() {
    Judgement judgement =
        Cells.closeWait()
            .with(Phase.BASELINE, 0, 0, 0, 0)
            .with(Phase.FAULT, 1, 2, 3, 4)
            .with(Phase.RECOVERY, 4, 4, 4, 4)
            .with(Phase.FAULT_AGAIN, 5, 6, 7, 8)
            .judge();
    assertThat(judgement.findings())
        .singleElement()
        .extracting(Finding::state)
        .isEqualTo("CLOSE_WAIT");
    assertThat(judgement.slope(Resource.ESTABLISHED).grows()).isFalse();
    assertThat(judgement.slope(Resource.CLOSE_WAIT).grows()).isTrue();
  }

  @Test
  void descriptorsThatAreNoSockets_areAFindingOfTheirOwn() {
    Judgement judgement =
        Cells.descriptors()
            .with(Phase.FAULT, 12, 14, 16, 18, 20, 22, 24, 26)
            .with(Phase.RECOVERY, 26, 26, 26, 26)
            .with(Phase.FAULT_AGAIN, 28, 30, 32, 34, 36, 38, 40, 42)
            .judge();
    assertThat(judgement.verdict()).isEqualTo(Verdict.LEAK);
    assertThat(judgement.findings())
        .singleElement()
        .extracting(Finding::kind, Finding::perInvocation)
        .containsExactly("descriptor", 2.0);
  }

  @Test
  void backlogThatTheGuardConfirms_isLeakWithItsWords() {
    GuardReport backlog = Cells.report("backlog", "GROWING", 7);
    Judgement judgement =
        Cells.threads().told(Phase.FAULT, backlog).told(Phase.FAULT_AGAIN, backlog).judge();
    assertThat(judgement.verdict()).isEqualTo(Verdict.LEAK);
    assertThat(judgement.findings())
        .singleElement()
        .extracting(Finding::kind, Finding::alive, Finding::diagnosis)
        .containsExactly("backlog", 7, "a diagnosis");
  }

  @Test
  void duplicates_areToldAndAreNoLeak() {
    Judgement judgement =
        Cells.duplicates()
            .with(Phase.BASELINE, 0, 0, 0, 0)
            .with(Phase.FAULT, 1, 2, 3, 4)
            .with(Phase.RECOVERY, 4, 4, 4, 4)
            .with(Phase.FAULT_AGAIN, 5, 6, 7, 8)
            .judge();
    assertThat(judgement.verdict()).isEqualTo(Verdict.CLEAN);
    assertThat(judgement.findings())
        .singleElement()
        .extracting(Finding::kind)
        .isEqualTo("duplicate");
  }

  @Test
  void environmentThatCouldNotBeCounted_isHarnessFault() {
    Judgement judgement = Cells.threads().with(Phase.FAULT, 10, 10).judge();
    assertThat(judgement.verdict()).isEqualTo(Verdict.HARNESS_FAULT);
    assertThat(judgement.reason()).contains("only 2 of 2").contains("FAULT");
  }

  @Test
  void afterIdle_whatIsGone_healsAfterAMinute() {
    Judgement judgement = Cells.leakingThreads().judge();
    assertThat(judgement.healing()).contains(Healing.NOT_LOOKED_AT);

    Judgement healed = Judge.afterIdle(judgement, Levels.of(11, 0, 0));
    assertThat(healed.healing()).contains(Healing.AFTER_IDLE);
    assertThat(healed.verdict()).isEqualTo(Verdict.LEAK);
    assertThat(healed.findings()).allMatch(Finding::heals);

    assertThat(Judge.afterIdle(judgement, Levels.of(25, 0, 0)).healing()).contains(Healing.STAYS);
  }

  @Test
  void memory_thatGrows_isSaidBesideTheThreads() {
    Judgement judgement =
        Cells.heap()
            .with(Phase.WARM_UP, 10, 11, 12, 13)
            .with(Phase.BASELINE, 14, 15, 16, 17)
            .with(Phase.FAULT, 18, 19, 20, 21)
            .with(Phase.RECOVERY, 22, 23, 24, 25)
            .with(Phase.FAULT_AGAIN, 26, 27, 28, 29)
            .judge();
    assertThat(GrowthInWords.of(judgement))
        .isEqualTo(
            "threads and sockets stay level, heap after collection grows by 1.00 MB per"
                + " invocation");
    assertThat(GrowthInWords.of(Cells.heap().judge())).endsWith("stays flat");
    assertThat(GrowthInWords.of(Cells.threads().judge())).isEmpty();
  }

  @Test
  void isClear_levelOrConfirmed_needsNoMoreInvocations() {
    Cells level = Cells.threads().with(Phase.FAULT, 10, 10, 10, 10);
    assertThat(Judge.isClear(level.phases(), Phase.FAULT)).isTrue();

    Cells suspected = level.told(Phase.FAULT, Cells.report("thread", "ESCAPED", 1));
    assertThat(Judge.isClear(suspected.phases(), Phase.FAULT)).isFalse();

    Cells growing = Cells.threads().with(Phase.FAULT, 11, 12, 13, 14);
    assertThat(Judge.isClear(growing.phases(), Phase.FAULT)).isFalse();
    growing.told(Phase.FAULT, Cells.report("thread", "GROWING", 3));
    assertThat(Judge.isClear(growing.phases(), Phase.FAULT)).isTrue();

    Cells once = Cells.threads().with(Phase.FAULT, 10, 11, 11, 11);
    assertThat(Judge.isClear(once.phases(), Phase.FAULT)).isFalse();
  }

  @Test
  void isUndecided_riseThatNoSlopeConfirms_needsMoreInvocations() {
    Cells few = Cells.threads().with(Phase.FAULT, 10, 11, 11, 12, 12);
    assertThat(Judge.isUndecided(few.phases(), Phase.FAULT)).isTrue();

    Cells more = Cells.threads().with(Phase.FAULT, 10, 11, 11, 12, 12, 13, 13, 14, 14);
    assertThat(Judge.isUndecided(more.phases(), Phase.FAULT)).isFalse();

    Cells level = Cells.threads().with(Phase.FAULT, 10, 11, 11, 11, 11);
    assertThat(Judge.isUndecided(level.phases(), Phase.FAULT)).isFalse();
  }

  @Test
  void repetition_sameVerdicts_keepsTheFirst() {
    Judgement leak = Cells.leakingThreads().judge();
    Judgement repeated = Repetition.of(List.of(leak, leak, leak));
    assertThat(repeated.verdict()).isEqualTo(Verdict.LEAK);
    assertThat(repeated.repeats()).contains(new Repeats(3, 3));
  }

  @Test
  void repetition_otherVerdicts_isHarnessFaultThatCountsThem() {
    Judgement leak = Cells.leakingThreads().judge();
    Judgement repeated = Repetition.of(List.of(leak, Cells.threads().judge(), leak));
    assertThat(repeated.verdict()).isEqualTo(Verdict.HARNESS_FAULT);
    assertThat(repeated.reason()).isEqualTo("verdicts differ: 1 x clean, 2 x leak");
    assertThat(repeated.repeats()).contains(new Repeats(3, 2));
  }

  @Test
  void judge_threadsDescribedBeforeTheFault_areDescribedInTheFinding() {
    GuardReport first =
        new GuardReport(
            "thread",
            "r0",
            "ESCAPED",
            "f1",
            "family",
            1,
            0,
            "WAITING",
            List.of("a.B.c(B.java:1)"),
            "a.B.start",
            "a diagnosis");
    GuardReport later =
        new GuardReport("thread", "r1", "GROWING", "f1", "family", 9, 9, "", List.of(), "", "");

    Judgement judgement =
        Cells.leakingThreads()
            .told(Phase.WARM_UP, first)
            .told(Phase.FAULT, later)
            .told(Phase.FAULT_AGAIN, later)
            .judge();

    Finding finding = judgement.findings().get(0);
    assertThat(finding.stack()).containsExactly("a.B.c(B.java:1)");
    assertThat(finding.createdBy()).isEqualTo("a.B.start");
    assertThat(finding.diagnosis()).isEqualTo("a diagnosis");
    assertThat(finding.alive()).isEqualTo(9);
  }

  @Test
  void judge_threadsThatGoWithTheFault_areALeakByTheGuardsWordAlone() {
    Cells cells =
        Cells.threads()
            .with(Phase.FAULT, 11, 12, 13, 14)
            .with(Phase.RECOVERY, 10, 10, 10, 10)
            .with(Phase.FAULT_AGAIN, 11, 12, 13, 14);
    assertThat(cells.judge().verdict()).isEqualTo(Verdict.CLEAN);

    cells.told(Phase.FAULT, Cells.report("thread", "GROWING", 4));
    assertThat(cells.judge().verdict()).isEqualTo(Verdict.LEAK);
    assertThat(cells.judge().findings().get(0).heals()).isTrue();
  }
}
