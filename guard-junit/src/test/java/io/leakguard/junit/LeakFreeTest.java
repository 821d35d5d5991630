package io.leakguard.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.leakguard.LeakedThreadsError;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** What the annotation does to the samples. */
class LeakFreeTest {
  @AfterEach
  void end() {
    Leaks.endAll();
  }

  private static Map<String, TestExecutionResult> run(
      EngineTestKit.Builder kit, Class<?>... types) {
    for (Class<?> type : types) {
      kit.selectors(selectClass(type));
    }
    Map<String, TestExecutionResult> results = new TreeMap<>();
    for (Event event : kit.execute().allEvents().list()) {
      if (event.getType() == EventType.FINISHED) {
        results.put(
            event.getTestDescriptor().getDisplayName(),
            event.getRequiredPayload(TestExecutionResult.class));
      }
    }
    return results;
  }

  private static Map<String, TestExecutionResult> run(Class<?>... types) {
    return run(EngineTestKit.engine("junit-jupiter"), types);
  }

  private static TestExecutionResult.Status status(TestExecutionResult result) {
    return result.getStatus();
  }

  private static LeakedThreadsError leak(TestExecutionResult result) {
    assertThat(result.getStatus()).isEqualTo(TestExecutionResult.Status.FAILED);
    Optional<Throwable> thrown = result.getThrowable();
    assertThat(thrown).get().isInstanceOf(LeakedThreadsError.class);
    return (LeakedThreadsError) thrown.get();
  }

  @Test
  void leak_failsTheTestThatLeaks_andNoOther() {
    Map<String, TestExecutionResult> results = run(Samples.OneOfThreeLeaks.class);

    assertThat(leak(results.get("leaks()")))
        .hasMessageStartingWith(
            "1 thread outlived io.leakguard.junit.Samples$OneOfThreeLeaks.leaks()\n"
                + "  order-writer-N x1, WAITING, ")
        .hasMessageContaining("io.leakguard.junit.Samples$OneOfThreeLeaks.leaks(Samples.java:");
    assertThat(status(results.get("first()"))).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
    assertThat(status(results.get("next()"))).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
    assertThat(status(results.get("Samples$OneOfThreeLeaks")))
        .isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
  }

  @Test
  void annotationOnAMethod_checksThatMethodAlone() {
    Map<String, TestExecutionResult> results = run(Samples.OneMethodIsChecked.class);

    leak(results.get("checked()"));
    assertThat(status(results.get("unchecked()"))).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
  }

  @Test
  void everythingIsClosed_passes() {
    assertThat(run(Samples.EverythingIsClosed.class).values())
        .hasSize(4)
        .extracting(LeakFreeTest::status)
        .containsOnly(TestExecutionResult.Status.SUCCESSFUL);
  }

  @Test
  void leakOfBeforeAll_failsTheClass() {
    Map<String, TestExecutionResult> results = run(Samples.ClassLeaks.class);

    assertThat(leak(results.get("Samples$ClassLeaks")))
        .hasMessageStartingWith("1 thread outlived io.leakguard.junit.Samples$ClassLeaks\n");
    assertThat(status(results.get("test()"))).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
  }

  @Test
  void failingTest_keepsItsFailureAndCarriesTheLeak() {
    Map<String, TestExecutionResult> results = run(Samples.FailsAndLeaks.class);

    assertThat(results.get("fails()").getThrowable()).get().isNotNull();
    Throwable failure = results.get("fails()").getThrowable().orElseThrow();
    assertThat(failure).hasMessage("its own failure");
    assertThat(failure.getSuppressed()).hasSize(1);
    assertThat(failure.getSuppressed()[0]).isInstanceOf(LeakedThreadsError.class);
    assertThat(status(results.get("isAborted()"))).isEqualTo(TestExecutionResult.Status.ABORTED);
  }

  @Test
  void rules_addUpOverMethodClassSuperclassAndEnclosingClass() {
    Map<String, TestExecutionResult> results = run(Samples.RulesAddUp.class);

    assertThat(status(results.get("allIgnored()")))
        .isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
    assertThat(leak(results.get("oneIsNot()")).report().groups())
        .extracting(group -> group.family())
        .containsExactly("of-method");
    leak(results.get("leaks()"));
  }

  @Test
  void policyReport_failsNothing() {
    assertThat(run(Samples.OnlyReports.class).values())
        .extracting(LeakFreeTest::status)
        .containsOnly(TestExecutionResult.Status.SUCCESSFUL);
  }

  @Test
  void composedAnnotationAndParameters_areUnderstood() {
    Map<String, TestExecutionResult> results = run(Samples.Composed.class);

    TestExecutionResult second =
        results.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("[2]"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();
    assertThat(leak(second)).hasMessageContaining(".leaks() [2] ");
  }

  @Test
  void badRule_saysWhatIsWrong() {
    assertThat(run(Samples.BadRule.class).get("Samples$BadRule").getThrowable())
        .get()
        .extracting(Throwable::getMessage)
        .isEqualTo(
            "an ignore rule must begin with name, group, top, any or starter: nome of-class");
  }

  @Test
  void testsAtOnce_theCulpritFailsAndNotTheVictim() {
    for (int i = 0; i < 5; i++) {
      Map<String, TestExecutionResult> results =
          run(
              EngineTestKit.engine("junit-jupiter")
                  .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                  .configurationParameter(
                      "junit.jupiter.execution.parallel.mode.default", "concurrent")
                  .configurationParameter(
                      "junit.jupiter.execution.parallel.config.strategy", "fixed")
                  .configurationParameter(
                      "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
              Samples.Culprit.class,
              Samples.Victim.class);

      leak(results.get("leaks()"));
      assertThat(results.values())
          .extracting(LeakFreeTest::status)
          .containsOnlyOnce(TestExecutionResult.Status.FAILED);
    }
  }
}
