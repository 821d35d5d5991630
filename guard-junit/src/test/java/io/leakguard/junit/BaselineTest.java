package io.leakguard.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.LeakReport;
import io.leakguard.LeakedGroup;
import io.leakguard.diagnosis.Diagnosis;
import io.leakguard.diagnosis.ThreadFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 15);
  private static final String FINGERPRINT = "0123456789ab";

  @TempDir private Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("baseline.txt"), text);
  }

  private static LeakReport report(String... fingerprints) {
    ThreadFacts facts = new ThreadFacts("t-1", "main", Thread.State.WAITING, List.of());
    List<LeakedGroup> groups =
        List.of(fingerprints).stream()
            .map(
                fingerprint ->
                    new LeakedGroup(
                        fingerprint,
                        "t-N",
                        List.of("t-1"),
                        facts.state(),
                        Diagnosis.of(facts),
                        List.of(),
                        List.of("com.acme.Orders.price(Orders.java:7)"),
                        "a test",
                        "main"))
            .toList();
    return new LeakReport("a test", groups, List.of(), List.of());
  }

  @Test
  void knownLeak_isAcceptedUpToItsDay() throws IOException {
    Path file = file("# known\n\n" + FINGERPRINT + " expires=2026-06-15 # ticket 7\n");

    assertThat(Baseline.read(file, TODAY, false, true).without(report(FINGERPRINT)).isEmpty())
        .isTrue();
    assertThat(
            Baseline.read(file, TODAY, false, true)
                .without(report(FINGERPRINT, "aaaaaaaaaaaa"))
                .groups())
        .hasSize(1);
  }

  @Test
  void expiredLine_isNamedWithTheLeak() throws IOException {
    Path file = file("# known\n" + FINGERPRINT + " expires=2026-06-14 # ticket 7\n");

    LeakReport left = Baseline.read(file, TODAY, false, true).without(report(FINGERPRINT));

    assertThat(left.groups()).hasSize(1);
    assertThat(left.toString())
        .endsWith("\n  " + file + ":2: " + FINGERPRINT + " expired on 2026-06-14");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FINGERPRINT,
        FINGERPRINT + " # no day",
        FINGERPRINT + " expires=2026-13-01",
        FINGERPRINT + " until=2026-12-01",
        "0123 expires=2026-12-01",
        FINGERPRINT + " expires=2026-12-01 and more"
      })
  void malformedLine_isRefusedWithItsPlace(String line) throws IOException {
    Path file = file("# known\n" + line + "\n");

    assertThatThrownBy(() -> Baseline.read(file, TODAY, false, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ":2: a line must be FINGERPRINT expires=YYYY-MM-DD # reason: " + line);
  }

  @Test
  void missingFile_isAnErrorOnlyWhereItWasNamed() {
    Path file = directory.resolve("none.txt");

    assertThat(Baseline.read(file, TODAY, false, false).without(report(FINGERPRINT)).groups())
        .hasSize(1);
    assertThatThrownBy(() -> Baseline.read(file, TODAY, false, true))
        .hasMessage(file + ": there is no such baseline file");
  }

  @Test
  void writing_appendsEachLeakOnceAndAcceptsIt() throws IOException {
    Path file = file("# known");
    Baseline baseline = Baseline.read(file, TODAY, true, false);

    assertThat(baseline.without(report(FINGERPRINT)).isEmpty()).isTrue();
    assertThat(baseline.without(report(FINGERPRINT, "aaaaaaaaaaaa")).isEmpty()).isTrue();

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "# known",
            FINGERPRINT
                + " expires=2026-09-13 # t-N, created by com.acme.Orders.price(Orders.java:7)",
            "aaaaaaaaaaaa expires=2026-09-13 # t-N, created by"
                + " com.acme.Orders.price(Orders.java:7)");
    assertThat(Baseline.read(file, TODAY, false, true).without(report(FINGERPRINT)).isEmpty())
        .isTrue();
  }
}
