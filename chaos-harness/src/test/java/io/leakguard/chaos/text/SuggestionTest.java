package io.leakguard.chaos.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  private static final List<String> NAMES =
      List.of("com.acme.Orders", "com.acme.Other", "com.acme.old.Invoice", "z.Outer$Inner");

  @ParameterizedTest
  @CsvSource({
    "com.acme.Order, com.acme.Orders",
    "com.acme.Ordres, com.acme.Orders",
    "com.acme.Invoice, com.acme.old.Invoice",
    "Orders, com.acme.Orders",
    "z.Outer.Inner, z.Outer$Inner",
  })
  void of_mistypedName_isTheOneMeant(String wanted, String meant) {
    assertThat(Suggestion.of(wanted, NAMES)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"com.acme.Shipments", "X", "index"})
  void of_anotherName_isNone(String wanted) {
    assertThat(Suggestion.of(wanted, NAMES)).isEmpty();
  }

  @Test
  void of_severalWithTheSimpleName_isTheNearestPackage() {
    assertThat(Suggestion.of("com.acme.A", List.of("x.A", "com.acm.A", "com.A")))
        .contains("com.acm.A");
  }

  @Test
  void of_endlessName_isNone() {
    assertThat(Suggestion.of("a".repeat(201), List.of("a".repeat(202)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', '', 0", "abc, abc, 0", "'', abc, 3", "abc, '', 3", "kitten, sitting, 3"})
  void distance_ofTexts_isLevenshteins(String one, String other, int edits) {
    assertThat(Suggestion.distance(one, other)).isEqualTo(edits);
  }
}
