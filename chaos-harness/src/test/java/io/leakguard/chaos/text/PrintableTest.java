package io.leakguard.chaos.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

  @ParameterizedTest
  @CsvSource({
    "'a\tb', a?b",
    "'a\u0007', a?",
    "'\u001b[31m', ?[31m",
    "'a\u2028b', a?b",
    "'a\u202Eb', a?b",
    "'\uD83D', ?",
    "'\uD83D\uDE00', '\uD83D\uDE00'",
    "'é ü', 'é ü'"
  })
  void of_anyText_isOneHarmlessLine(String text, String line) {
    assertThat(Printable.of(text)).isEqualTo(line);
  }

  @Test
  void of_lineBreaks_hasNone() {
    assertThat(Printable.of("a\r\nb")).isEqualTo("a??b");
  }

  @Test
  void of_longText_isCutBetweenCharacters() {
    String face = "\uD83D\uDE00";

    assertThat(Printable.of("x".repeat(500))).isEqualTo("x".repeat(500));
    assertThat(Printable.of(face.repeat(501))).isEqualTo(face.repeat(500) + "...");
  }

  @Test
  void firstLineOf_severalLines_isTheFirstAlone() {
    assertThat(Printable.firstLineOf("\n a\tb \nc")).isEqualTo("a?b");
    assertThat(Printable.firstLineOf(" ")).isEmpty();
  }
}
