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
  private final EnvironmentSettings environment = new EnvironmentSettings(host, false);

  @Test
  void environment_empty_givesTheDefaults() {
    Settings settings = built(LeakGuard.builder());

    assertThat(settings).isEqualTo(Settings.defaults());
    assertThat(settings.disabled()).isFalse();
    assertThat(settings.policy()).isEqualTo(LeakPolicy.REPORT);
    assertThat(settings.namespace()).isEqualTo("LeakGuard");
    assertThat(settings.service()).isEmpty();
    assertThat(settings.commit()).isEmpty();
    assertThat(settings.signOfLife()).isTrue();
    assertThat(settings.settle()).isEqualTo(Duration.ofMillis(25));
    assertThat(settings.dumpAt()).isEqualTo(512);
    assertThat(settings.creationSites()).isEqualTo(CreationSites.ON_SUSPICION);
    assertThat(settings.breaker()).isFalse();
    assertThat(settings.ignored()).isEmpty();
    assertThat(host.logged).isEmpty();
  }

  private Settings built(LeakGuard.Builder builder) {
    return builder.host(host).monitor(new LeakMonitor()).settings();
  }

  private void setEveryVariable() {
    host.variable("LEAKGUARD_POLICY", "fail")
        .variable("LEAKGUARD_NAMESPACE", "Ours/Threads")
        .variable("LEAKGUARD_SERVICE_NAME", "orders")
        .variable("POWERTOOLS_SERVICE_NAME", "unused")
        .variable("LEAKGUARD_COMMIT", "v1.4-3-g5e2f0ab")
        .variable("LEAKGUARD_SIGN_OF_LIFE", "false")
        .variable("LEAKGUARD_SETTLE", "40ms")
        .variable("LEAKGUARD_DUMP_AT", "700")
        .variable("LEAKGUARD_CREATION", "always")
        .variable("LEAKGUARD_BREAKER", "true")
        .variable("LEAKGUARD_IGNORE", "name a");
  }

  @Test
  void environment_everyVariable_isRead() {
    setEveryVariable();
    Settings settings = built(LeakGuard.builder());

    assertThat(settings.policy()).isEqualTo(LeakPolicy.FAIL);
    assertThat(settings.namespace()).isEqualTo("Ours/Threads");
    assertThat(settings.service()).isEqualTo("orders");
    assertThat(settings.commit()).isEqualTo("v1.4-3-g5e2f0ab");
    assertThat(settings.signOfLife()).isFalse();
    assertThat(settings.settle()).isEqualTo(Duration.ofMillis(40));
    assertThat(settings.dumpAt()).isEqualTo(700);
    assertThat(settings.creationSites()).isEqualTo(CreationSites.ALWAYS);
    assertThat(settings.breaker()).isTrue();
    assertThat(settings.ignored()).hasToString("[name a]");
    assertThat(host.logged).isEmpty();
  }

  @Test
  void builder_everyValue_winsOverTheEnvironment() {
    setEveryVariable();
    Settings settings =
        built(
            LeakGuard.builder()
                .policy(LeakPolicy.REPORT)
                .namespace("FromCode")
                .service("from code")
                .settle(Duration.ZERO)
                .dumpAt(0)
                .creationSites(CreationSites.NEVER)
                .breaker(false));

    assertThat(settings.policy()).isEqualTo(LeakPolicy.REPORT);
    assertThat(settings.namespace()).isEqualTo("FromCode");
    assertThat(settings.service()).isEqualTo("from code");
    assertThat(settings.settle()).isZero();
    assertThat(settings.dumpAt()).isZero();
    assertThat(settings.creationSites()).isEqualTo(CreationSites.NEVER);
    assertThat(settings.breaker()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LEAKGUARD_DISABLED|maybe|it must be true or false: maybe",
        "LEAKGUARD_POLICY|warn|it must be report or fail: warn",
        "LEAKGUARD_SETTLE|11s|settle must be between PT0S and PT10S: PT11S",
        "LEAKGUARD_SETTLE|soon|it must be a time such as 25ms, 1s or PT0.025S: soon",
        "LEAKGUARD_DUMP_AT|many|it must be a number of threads: many",
        "LEAKGUARD_DUMP_AT|99999999999|it must be a number of threads: 99999999999",
        "LEAKGUARD_DUMP_AT|-1|dumpAt must be between 0 and 100000 threads: -1",
        "LEAKGUARD_DUMP_AT|100001|dumpAt must be between 0 and 100000 threads: 100001",
        "LEAKGUARD_CREATION|jfr|it must be suspicion, always or never: jfr",
        "LEAKGUARD_BREAKER|on|it must be true or false: on",
        "LEAKGUARD_SERVICE_NAME|:a|service must be 1 to 256 printable ASCII characters, not blank,"
            + " not beginning with a colon: :a",
        "POWERTOOLS_SERVICE_NAME|:a|service must be 1 to 256 printable ASCII characters, not"
            + " blank, not beginning with a colon: :a",
        "LEAKGUARD_NAMESPACE|a b|namespace must be 1 to 256 characters of a-z A-Z 0-9 . _ # : /"
            + " -: a b",
      })
  void environment_bad_isOneLineWithVariableRuleAndValueAndTheDefault(
      String variable, String value, String why) {
    host.variable(variable, value);

    assertThat(built(LeakGuard.builder())).isEqualTo(Settings.defaults());
    assertThat(host.logged).containsExactly("LeakGuard: " + variable + " is not used: " + why);
  }

  @Test
  void environment_bad_isToldOnceForAllGuardsOfTheJvm() {
    host.variable("LEAKGUARD_SETTLE", "told-once");
    LeakGuard.builder().host(host).build();
    LeakGuard.builder().host(host).build();

    assertThat(host.logged).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "orders,payments,orders",
    ",payments,payments",
    "' ',payments,payments",
    ":bad,payments,payments",
    "orders,:bad,orders",
    ",,''"
  })
  void service_name_isOursElsePowertools(String ours, String powertools, String expected) {
    host.variable("LEAKGUARD_SERVICE_NAME", ours).variable("POWERTOOLS_SERVICE_NAME", powertools);

    assertThat(environment.service()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1024,1024", "' 100000 ',100000"})
  void dumpAt_threads_isRead(String value, int expected) {
    host.variable("LEAKGUARD_DUMP_AT", value);

    assertThat(environment.dumpAt()).isEqualTo(expected);
    assertThat(host.logged).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"suspicion,ON_SUSPICION", "Always,ALWAYS", "NEVER,NEVER"})
  void creation_word_isRead(String value, CreationSites expected) {
    host.variable("LEAKGUARD_CREATION", value);

    assertThat(environment.creationSites()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"report,REPORT", "FAIL,FAIL"})
  void policy_word_isRead(String value, LeakPolicy expected) {
    host.variable("LEAKGUARD_POLICY", value);

    assertThat(environment.policy()).isEqualTo(expected);
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
    assertThat(host.logged.get(0))
        .startsWith("LeakGuard: a rule of LEAKGUARD_IGNORE is not used: ");
  }

  @Test
  void ignore_oneBadAmongGood_isNamedAndTheOthersHold() {
    host.variable("LEAKGUARD_IGNORE", "name a; nome x\nany b.C.*;top ");

    assertThat(environment.plusIgnored(List.of()))
        .extracting(IgnoreRule::toString)
        .containsExactly("name a", "any b.C.*");
    assertThat(host.logged)
        .containsExactly(
            "LeakGuard: a rule of LEAKGUARD_IGNORE is not used: an ignore rule must begin with"
                + " name, group, top, any or starter: nome x",
            "LeakGuard: a rule of LEAKGUARD_IGNORE is not used: an ignore rule must be"
                + " name|group|top|any|starter PATTERN: top");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ":a", "ä", "a\tb"})
  void service_unfitInCode_isRefused(String service) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeakGuard.builder().service(service))
        .withMessageStartingWith("service must be 1 to 256 printable ASCII characters");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 100_001})
  void dumpAt_outOfRangeInCode_isRefused(int threads) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeakGuard.builder().dumpAt(threads))
        .withMessage("dumpAt must be between 0 and 100000 threads: " + threads);
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
    assertThatNullPointerException().isThrownBy(() -> LeakGuard.builder().policy(null));
    assertThatNullPointerException().isThrownBy(() -> LeakGuard.builder().service(null));
    assertThatNullPointerException().isThrownBy(() -> LeakGuard.builder().creationSites(null));
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
