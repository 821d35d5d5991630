package io.leakguard.gauntlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.gauntlet.cases.Catalogue;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private static final String LEAK = "locks/latch";
  private static final String RIGHT = "threads/joined";
  private static final String UNDECIDABLE = "pools/one-per-tenant-of-five";

  private static final String ALARM = document("GROWING", 3, "");
  private static final String ESCAPED = document("ESCAPED", 0, "");
  private static final String RECOVERED = document("RECOVERED", 0, "");
  private static final String SOCKETS = document("GROWING", 0, "\"kind\":\"socket\",");
  private static final String SOCKETS_GONE = document("RECOVERED", 0, "\"kind\":\"socket\",");
  private static final String DONE = Child.DONE + " threads=+3 descriptors=+0";

  @Test
  void leak_withAlarmAtEnd_isRight() {
    assertThat(judge(LEAK, 5, ESCAPED, ALARM, DONE)).isEqualTo(Judgement.RIGHT);
  }

  @Test
  void leak_onlySuspected_isMissed() {
    assertThat(judge(LEAK, 5, ESCAPED, DONE)).isEqualTo(Judgement.MISSED);
    assertThat(judge(LEAK, 5, DONE)).isEqualTo(Judgement.MISSED);
  }

  @Test
  void leak_alarmTakenBack_isMissed() {
    assertThat(judge(LEAK, 5, ALARM, RECOVERED, DONE)).isEqualTo(Judgement.MISSED);
  }

  @Test
  void leak_ofSockets_isRightWithoutThreads() {
    assertThat(judge(LEAK, 60, SOCKETS, DONE)).isEqualTo(Judgement.RIGHT);
    assertThat(judge(LEAK, 60, SOCKETS, SOCKETS_GONE, DONE)).isEqualTo(Judgement.MISSED);
  }

  @Test
  void rightUse_alarmAtAnyTime_isFalseAlarm() {
    assertThat(judge(RIGHT, 5, ALARM, RECOVERED, DONE)).isEqualTo(Judgement.FALSE_ALARM);
    assertThat(judge(RIGHT, 5, SOCKETS, DONE)).isEqualTo(Judgement.FALSE_ALARM);
  }

  @Test
  void rightUse_noAlarm_isRight() {
    assertThat(judge(RIGHT, 5, "priced", "{\"_aws\":{}}", ESCAPED, DONE))
        .isEqualTo(Judgement.RIGHT);
  }

  @Test
  void undecidable_alarmInFewInvocations_isUndecided() {
    assertThat(judge(UNDECIDABLE, 5, ALARM, DONE)).isEqualTo(Judgement.UNDECIDED);
    assertThat(judge(UNDECIDABLE, 5, DONE)).isEqualTo(Judgement.RIGHT);
  }

  @Test
  void undecidable_inManyInvocations_lastStateDecides() {
    assertThat(judge(UNDECIDABLE, 60, ALARM, RECOVERED, DONE)).isEqualTo(Judgement.RIGHT);
    assertThat(judge(UNDECIDABLE, 60, ALARM, DONE)).isEqualTo(Judgement.FALSE_ALARM);
  }

  @Test
  void childWithoutEnd_isHarnessError() {
    assertThat(judge(LEAK, 5, ALARM)).isEqualTo(Judgement.HARNESS_ERROR);
  }

  @Test
  void explanation_noEnd_saysWhetherTheTimeLimitWasMet() {
    Trial trial = new Trial(Catalogue.named(LEAK), Jdk.running(), 5);

    assertThat(Result.of(trial, GuardOutput.read(List.of(ALARM), false)).explanation())
        .contains("HARNESS_ERROR (no end within 60 s: an invocation does not return)");
    assertThat(Result.of(trial, GuardOutput.read(List.of(ALARM), true)).explanation())
        .contains("HARNESS_ERROR (the JVM ended before its last invocation)");
  }

  @Test
  void observation_ofDocuments_hasTheLastStates() {
    Observation observation = GuardOutput.read(List.of(ALARM, ESCAPED, DONE), true);

    assertThat(observation.alarmEver()).isTrue();
    assertThat(observation.alarmAtEnd()).isFalse();
    assertThat(observation.suspectAtEnd()).isTrue();
    assertThat(observation.done()).contains("threads=+3 descriptors=+0");
    assertThat(observation.alarm().orElseThrow().summary())
        .isEqualTo(
            "LeakedThreads=3 verdict=GROWING fingerprint=f1 family=Thread-N state=WAITING"
                + " diagnosis=latch top=java.lang.Object.wait");
  }

  private static Judgement judge(String name, int invocations, String... lines) {
    Trial trial = new Trial(Catalogue.named(name), Jdk.running(), invocations);
    return Judgement.of(trial, GuardOutput.read(List.of(lines), true));
  }

  private static String document(String verdict, int leaked, String kind) {
    return String.format(
        "{\"_aws\":{\"Timestamp\":1},%s\"verdict\":\"%s\",\"fingerprint\":\"f1\","
            + "\"family\":\"Thread-N\",\"state\":\"WAITING\",\"diagnosis\":{\"kind\":\"latch\"},"
            + "\"stack\":[\"java.lang.Object.wait\"],\"LeakedThreads\":%d}",
        kind, verdict, leaked);
  }
}
