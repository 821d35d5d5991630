package io.leakguard.chaos.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptFileTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 26);

  @TempDir private Path folder;

  private AcceptList list(String text) throws IOException {
    return AcceptFile.read(Files.writeString(folder.resolve("accept.yaml"), text));
  }

  private static AcceptList until(String day, String more) {
    return new AcceptList(
        java.util.List.of(new AcceptList.Entry("7c1f", "", more, "ORD-118", LocalDate.parse(day))));
  }

  private static Results marked(AcceptList list, JsonObject root) {
    list.mark(root, DAY);
    return ResultsFile.model(root);
  }

  @Test
  void read_entries_areInOrder() throws IOException {
    AcceptList list =
        list(
            """
            # what we live with
            - fingerprint: 7c1f09ab
              reason: "ORD-118: next release"
              until: 2026-12-31
            - fingerprint: 123456789012
              function: F
              shape: slow-upstream
              reason: r
              until: 2027-01-15
            """);
    assertThat(list.entries())
        .containsExactly(
            new AcceptList.Entry(
                "7c1f09ab", "", "", "ORD-118: next release", LocalDate.of(2026, 12, 31)),
            new AcceptList.Entry(
                "123456789012", "F", "slow-upstream", "r", LocalDate.of(2027, 1, 15)));
  }

  @Test
  void read_emptyFile_acceptsNothing() throws IOException {
    assertThat(list("# nothing\n").entries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "accept: []                             | 1: an accept list must be a sequence of entries:"
            + " it is a mapping",
        "- 7c1f                                 | 1: an entry must be a mapping with fingerprint,"
            + " reason and until: it is a text",
        "- fingerprint: a                       | 1: an entry must have reason: it has none",
        "- {reason: r, until: 2026-12-31}       | 1: an entry must have fingerprint: it has none",
        "- {fingerprint: a, reason: '', until: 2026-12-31} | 1: reason must not be empty: ''",
        "- {fingerprint: a, reason: r, until: soon} | 1: until must be a day such as 2026-12-31:"
            + " soon",
        "- {fingerprint: a, reason: r, until: 2026-02-30} | 1: until must be a day such as"
            + " 2026-12-31: 2026-02-30",
        "- {fingerprint: [a]}                   | 1: fingerprint must be a text: it is a sequence",
        "- {expires: a}                         | 1: a name must be fingerprint, function, shape,"
            + " reason or until: expires",
      })
  void read_malformed_saysFileLineRuleAndValue(String text, String message) {
    assertThatThrownBy(() -> list(text))
        .isInstanceOf(ResultsException.class)
        .hasMessage(folder.resolve("accept.yaml") + ":" + message);
  }

  @Test
  void read_laterLine_isNamed() {
    assertThatThrownBy(() -> list("- fingerprint: a\n  reason: r\n  until: 31.12.2026\n"))
        .hasMessageContaining("accept.yaml:3: until must be a day");
    assertThatThrownBy(() -> list("- fingerprint: a\n  reason: [r\n"))
        .hasMessageContaining("accept.yaml:3: not YAML: ");
  }

  @Test
  void read_noFile_saysSo() {
    assertThatThrownBy(() -> AcceptFile.read(Path.of("missing.yaml")))
        .hasMessage("missing.yaml: no such file (--accept)");
  }

  @Test
  void mark_acceptedFinding_countsNoMore() {
    Results results = marked(until("2026-11-26", ""), Roots.of("F slow leak 7c1f 1.0"));
    assertThat(results.exitCode()).isZero();
    assertThat(results.cells().get(0).findings().get(0).accepted().reason()).isEqualTo("ORD-118");
    assertThat(results.accepted().get(0).used()).isTrue();
  }

  @Test
  void mark_expired_countsAgain() {
    Results results = marked(until("2026-11-25", ""), Roots.of("F slow leak 7c1f 1.0"));
    assertThat(results.exitCode()).isEqualTo(2);
    assertThat(results.accepted().get(0).expired()).isTrue();
    assertThat(results.accepted().get(0).used()).isTrue();
  }

  @Test
  void mark_otherFindingOrShape_isNotAccepted() {
    assertThat(marked(until("2026-12-31", ""), Roots.of("F slow leak other 1.0")).exitCode())
        .isEqualTo(2);
    Results results =
        marked(
            until("2026-12-31", "reset"),
            Roots.of("F slow leak 7c1f 1.0", "F reset leak 7c1f 1.0"));
    assertThat(results.cells().get(0).counts()).isTrue();
    assertThat(results.cells().get(1).counts()).isFalse();
  }
}
