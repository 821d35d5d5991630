package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private final FakeHost host = new FakeHost();
  private final EnvironmentSettings environment = new EnvironmentSettings(host);

  @Test
  void environment_empty_givesTheDefaults() {
    assertThat(environment.disabled()).isFalse();
    assertThat(environment.namespace()).isEqualTo("LeakGuard");
    assertThat(environment.settle()).isEqualTo(Duration.ofMillis(25));
    assertThat(environment.plusIgnored(List.of())).isEmpty();
    assertThat(host.logged).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "TRUE,true", "1,true", "false,false", "0,false", "' ',false"})
  void disabled_truth_isRead(String value, boolean expected) {
    host.variable("LEAKGUARD_DISABLED", value);

    assertThat(environment.disabled()).isEqualTo(expected);
    assertThat(host.logged).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"25ms,PT0.025S", "0ms,PT0S", "2s,PT2S", "PT0.5S,PT0.5S", "' 10ms ',PT0.01S"})
  void settle_time_isRead(String value, Duration expected) {
    host.variable("LEAKGUARD_SETTLE", value);

    assertThat(environment.settle()).isEqualTo(expected);
    assertThat(host.logged).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"soon", "-1ms", "11s", "PT-1S", "PT1H", "25", "99999999999999999999ms", "PT9E9S"})
  void settle_bad_isOneLineAndTheDefault(String value) {
    host.variable("LEAKGUARD_SETTLE", value);

    assertThat(environment.settle()).isEqualTo(Duration.ofMillis(25));
    assertThat(host.logged).hasSize(1);
    assertThat(host.logged.get(0)).startsWith("LeakGuard: LEAKGUARD_SETTLE is not used: ");
  }

  @Test
  void settle_bad_namesRuleAndValue() {
    host.variable("LEAKGUARD_SETTLE", "11s");
    environment.settle();

    assertThat(host.logged)
        .containsExactly(
            "LeakGuard: LEAKGUARD_SETTLE is not used: settle must be between PT0S and PT10S: PT11S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "ä", "line\nbreak", "$"})
  void namespace_bad_isOneSafeLineAndTheDefault(String value) {
    host.variable("LEAKGUARD_NAMESPACE", value);

    assertThat(environment.namespace()).isEqualTo("LeakGuard");
    assertThat(host.logged).hasSize(1);
    assertThat(host.logged.get(0))
        .doesNotContainPattern("\\p{Cntrl}")
        .contains("namespace must be");
  }

  @Test
  void namespace_tooLong_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeakGuard.builder().namespace("x".repeat(257)))
        .withMessageContaining("1 to 256");
    assertThat(Settings.requireNamespace("x".repeat(256))).hasSize(256);
  }

  @Test
  void disabled_bad_leavesTheGuardOn() {
    host.variable("LEAKGUARD_DISABLED", "maybe");

    assertThat(environment.disabled()).isFalse();
    assertThat(host.logged)
        .containsExactly(
            "LeakGuard: LEAKGUARD_DISABLED is not used: it must be true or false: maybe");
  }

  @Test
  void ignore_rules_areAddedToTheBuilders() {
    host.variable("LEAKGUARD_IGNORE", "name metrics-* # ours; any com.acme.Poller.*");

    assertThat(environment.plusIgnored(List.of(IgnoreRule.group("g"))))
        .extracting(IgnoreRule::toString)
        .containsExactly("group g", "name metrics-* # ours", "any com.acme.Poller.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics-*", "nome x", "name", "any   "})
  void ignore_bad_isOneLineAndNone(String value) {
    host.variable("LEAKGUARD_IGNORE", value);

    assertThat(environment.plusIgnored(List.of())).isEmpty();
    assertThat(host.logged).hasSize(1);
    assertThat(host.logged.get(0)).startsWith("LeakGuard: LEAKGUARD_IGNORE is not used: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.001S", "PT10.001S"})
  void settle_outOfRangeInCode_isRefused(Duration settle) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeakGuard.builder().settle(settle))
        .withMessage("settle must be between PT0S and PT10S: " + settle);
  }

  @Test
  void builder_nulls_areRefused() {
    assertThatNullPointerException().isThrownBy(() -> LeakGuard.builder().namespace(null));
    assertThatNullPointerException().isThrownBy(() -> LeakGuard.builder().settle(null));
    assertThatNullPointerException()
        .isThrownBy(() -> LeakGuard.builder().ignore((IgnoreRule) null));
  }

  @Test
  void builder_valueInCode_winsOverTheEnvironment() {
    FakeHost both = new FakeHost().variable("LEAKGUARD_NAMESPACE", "FromEnvironment");
    try (BlockedThreads leaked = new BlockedThreads()) {
      LeakGuard.builder()
          .namespace("FromCode")
          .host(both)
          .monitor(new LeakMonitor())
          .build()
          .wrap((Object in, Context c) -> leaked.start("t"))
          .handleRequest("", null);
    }

    assertThat(both.lines().get(0)).contains("\"Namespace\":\"FromCode\"");
  }
}
