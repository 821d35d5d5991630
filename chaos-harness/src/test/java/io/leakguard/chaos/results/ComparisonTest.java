package io.leakguard.chaos.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static Comparison.Kind kind(Results before, Results after) {
    Comparison comparison = Comparison.of(before, after);
    assertThat(comparison.changes()).hasSize(1);
    return comparison.changes().get(0).kind();
  }

  @ParameterizedTest
  @CsvSource({
    "F slow clean,          F slow leak a 1.0,    NEW",
    "F slow leak b 1.0,     F slow leak b 1.0,    UNCHANGED",
    "F slow leak a 1.0,     F slow leak a 1.1,    UNCHANGED",
    "F slow leak a 1.0,     F slow leak a 2.0,    GROWN",
    "F slow leak a 2.0,     F slow leak a 1.0,    UNCHANGED",
    "F slow leak a 1.0,     F slow clean,         FIXED",
    "F slow leak a 1.0,     F slow harness-fault, NOT_JUDGED",
    "F slow leak a 1.0,     F slow failed,        NOT_JUDGED",
    "F slow leak a 1.0,     F reset clean,        NOT_JUDGED",
  })
  void of_oneFinding_saysWhatBecameOfIt(String before, String after, Comparison.Kind kind) {
    assertThat(kind(Roots.results(before), Roots.results(after))).isEqualTo(kind);
  }

  @Test
  void of_shapeThatWasClean_hasGrown() {
    Results before = Roots.results("F slow leak a 1.0", "F reset clean");
    Results after = Roots.results("F slow leak a 1.0", "F reset leak a 1.0");
    assertThat(kind(before, after)).isEqualTo(Comparison.Kind.GROWN);
  }

  @Test
  void of_shapeThatWasNotPlayed_hasNotGrown() {
    Results after = Roots.results("F slow leak a 1.0", "F reset leak a 1.0");
    assertThat(kind(Roots.results("F slow leak a 1.0"), after))
        .isEqualTo(Comparison.Kind.UNCHANGED);
  }

  @Test
  void of_cellsNotJudgedAnyMore_areNamed() {
    Comparison comparison =
        Comparison.of(Roots.results("F slow clean"), Roots.results("F slow harness-fault"));
    assertThat(comparison.unjudged()).containsExactly("F under slow: ");
    assertThat(comparison.exitCode(Comparison.Policy.NEW)).isEqualTo(4);
  }

  @Test
  void of_shardThatIsMissing_isNotJudged() {
    Results after =
        ResultsFile.model(
            JsonParser.parseString("{'cells': [], 'missingShards': ['2/2']}").getAsJsonObject());
    Comparison comparison = Comparison.of(Roots.results("F slow leak a 1.0"), after);
    assertThat(comparison.unjudged()).containsExactly("shard 2/2: missing");
    assertThat(comparison.exitCode(Comparison.Policy.NEW)).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "NEW,       2, 2, 2",
    "GROWN,     0, 2, 2",
    "UNCHANGED, 0, 0, 2",
    "FIXED,     0, 0, 0",
  })
  void exitCode_byPolicy(Comparison.Kind kind, int forNew, int forGrown, int forAny) {
    String before =
        switch (kind) {
          case NEW -> "F slow clean";
          case GROWN -> "F slow leak a 0.5";
          default -> "F slow leak a 1.0";
        };
    String after = kind == Comparison.Kind.FIXED ? "F slow clean" : "F slow leak a 1.0";
    Comparison comparison = Comparison.of(Roots.results(before), Roots.results(after));
    assertThat(comparison.of(kind)).hasSize(1);
    assertThat(
            List.of(
                comparison.exitCode(Comparison.Policy.NEW),
                comparison.exitCode(Comparison.Policy.GROWN),
                comparison.exitCode(Comparison.Policy.ANY)))
        .containsExactly(forNew, forGrown, forAny);
  }

  @Test
  void exitCode_acceptedFinding_failsNothing() {
    JsonObject after = Roots.of("F slow leak a 1.0");
    new AcceptList(List.of(new AcceptList.Entry("a", "", "", "r", LocalDate.of(2026, 12, 31))))
        .mark(after, LocalDate.of(2026, 11, 26));
    Comparison comparison = Comparison.of(Roots.results("F slow clean"), ResultsFile.model(after));
    assertThat(comparison.changes().get(0).accepted()).isTrue();
    assertThat(comparison.exitCode(Comparison.Policy.ANY)).isZero();
  }
}
