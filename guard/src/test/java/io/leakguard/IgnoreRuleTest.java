package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class IgnoreRuleTest {
  @ParameterizedTest
  @CsvSource({
    "metrics-*,metrics-1,true",
    "metrics-*,my-metrics-1,false",
    "*reaper,idle-reaper,true",
    "*,anything,true",
    "a*b*c,aXbYc,true",
    "a*b*c,ac,false",
    "a*a,a,false",
    "ab*ba,aba,false",
    "a.c,abc,false",
    "exact,exact,true",
    "exact,exactly,false",
    "*b*b,ab,false",
    "a**c,abc,true"
  })
  void glob_matchesTheWholeText(String pattern, String text, boolean expected) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(expected);
  }

  private static boolean staysSilent(IgnoreRule rule) {
    Invoker environment = new Invoker(new FakeHost(), rule);
    try (BlockedThreads leaked = new BlockedThreads()) {
      for (int i = 0; i < 4; i++) {
        environment.invoke(() -> leaked.start("order-writer"));
      }
    }
    return environment.documents().isEmpty();
  }

  @Test
  void ignore_matchingRuleOfEachKind_silences() {
    assertThat(staysSilent(IgnoreRule.name("order-*"))).isTrue();
    assertThat(staysSilent(IgnoreRule.group("main"))).isTrue();
    assertThat(staysSilent(IgnoreRule.topFrame("jdk.internal.misc.Unsafe.park"))).isTrue();
    assertThat(staysSilent(IgnoreRule.anyFrame("io.leakguard.BlockedThread.leak"))).isTrue();
  }

  @Test
  void ignore_otherRule_doesNot() {
    assertThat(staysSilent(IgnoreRule.name("other-*"))).isFalse();
    assertThat(staysSilent(IgnoreRule.group("other"))).isFalse();
    assertThat(staysSilent(IgnoreRule.topFrame("io.leakguard.BlockedThread.leak"))).isFalse();
    assertThat(staysSilent(IgnoreRule.anyFrame("io.leakguard.BlockedThread.lea"))).isFalse();
    assertThat(staysSilent(IgnoreRule.starter("*"))).isFalse();
  }

  @Test
  void ignore_ignoredThread_isNoSurplus() {
    Invoker environment = new Invoker(new FakeHost(), IgnoreRule.name("ignored"));
    try (BlockedThreads leaked = new BlockedThreads()) {
      environment.invoke(
          () -> {
            leaked.start("ignored");
            leaked.start("order-writer");
          });
    }

    assertThat(environment.documents().get(0).get("SurplusThreads").asInt()).isEqualTo(1);
  }

  @Test
  void starter_matchesTheStartersStack() {
    ThreadFacts facts = new ThreadFacts("t", "main", Thread.State.WAITING, List.of());
    StackTraceElement frame = new StackTraceElement("com.acme.Orders", "price", null, -1);

    assertThat(IgnoreRule.starter("com.acme.*").ignores(facts, List.of(frame))).isTrue();
    assertThat(IgnoreRule.starter("com.other.*").ignores(facts, List.of(frame))).isFalse();
  }

  @Test
  void parse_textForm_isTheSameRule() {
    for (String text : List.of("name a*", "group g # why", "top A.b", "any A.*", "starter A.c")) {
      assertThat(IgnoreRule.parse(text)).hasToString(text);
    }
    assertThat(IgnoreRule.name("a").because("why").reason()).isEqualTo("why");
  }

  @Test
  void blankPattern_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IgnoreRule.name(" "))
        .withMessage("pattern must not be blank: \" \"");
  }

  static List<IgnoreRule> builtIn() {
    return BuiltInRules.all();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void builtIn_everyRow_hasReasonAndVersions(IgnoreRule rule) {
    assertThat(rule.reason()).isNotBlank().containsPattern("\\d+\\.\\d|JDK \\d\\d");
  }

  @Test
  void builtIn_commonPoolIdle_isIgnored() throws Exception {
    Invoker environment = new Invoker();
    environment.invokeIdle();
    environment.invoke(
        () -> {
          // Not submit and join: a joining thread may run the task itself.
          CompletableFuture<Thread> worker = new CompletableFuture<>();
          ForkJoinPool.commonPool().execute(() -> worker.complete(Thread.currentThread()));
          BlockedThread.awaitWaiting(worker.join());
        });

    assertThat(environment.documents()).isEmpty();
  }
}
