package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leakguard.diagnosis.ThreadFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    StackTraceElement frame = new StackTraceElement("com.acme.Orders", "price", null, -1);
    Filters filters = new Filters(new FakeHost());
    filters.add(List.of(IgnoreRule.starter("com.acme.*")));
    ThreadFacts facts = ThreadFacts.of(Thread.currentThread());

    assertThat(filters.accepts(Thread.currentThread(), facts, List.of(frame))).isTrue();
    assertThat(filters.accepts(Thread.currentThread(), facts)).isFalse();
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

  @ParameterizedTest
  @ValueSource(
      strings = {"name\ta*", "  name   a*  ", "name a* #", "name a*\t# why", "name a*  #why #not"})
  void parse_anyWhiteSpace_isAccepted(String text) {
    assertThat(IgnoreRule.parse(text).because("")).hasToString("name a*");
  }

  @Test
  void parse_hashWithinAPattern_isPartOfIt() {
    assertThat(IgnoreRule.parse("name a#b c# d")).hasToString("name a#b c# d");
  }

  @Test
  void framePatterns_moreClassesThanAreRemembered_stillMatch() {
    Glob pattern = new Glob("com.acme.Orders.*");
    FramePatterns patterns = new FramePatterns(List.of(pattern));
    StackTraceElement frame = new StackTraceElement("com.acme.Orders", "price", null, -1);
    for (int i = 0; i < 2_000; i++) {
      StackTraceElement spun = new StackTraceElement("A$$Lambda/" + i, "run", null, -1);
      assertThat(patterns.matching(List.of(spun, frame))).containsExactly(pattern);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.Orders.price,true",
    "com.acme.Orders.*,true",
    "com.acme.*.price,true",
    "*.price,true",
    "com.acme.Orders*,true",
    "com.acme.Orders,false",
    "com.acme.Order.price,false",
    "com.acme.Orders.pric,false",
    "com.acme.Orders.prices,false",
    "Orders.price,false",
    "com.acme,false"
  })
  void frame_isMatchedAsClassAndMethod(String pattern, boolean expected) {
    StackTraceElement frame = new StackTraceElement("com.acme.Orders", "price", "Orders.java", 3);
    StackTraceElement other = new StackTraceElement("java.lang.Thread", "run", null, -1);

    FramePatterns patterns = new FramePatterns(List.of(new Glob(pattern)));

    for (int again = 0; again < 2; again++) {
      assertThat(patterns.matching(List.of(other, frame))).hasSize(expected ? 1 : 0);
    }
  }
}
