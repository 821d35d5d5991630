package io.leakguard.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardReportTest {
  private static final String HEAD =
      "{\"_aws\":{\"CloudWatchMetrics\":[{\"Namespace\":\"LeakGuard\"}]},\"LeakedThreads\":3.0,";

  @Test
  void parse_documentOfAFingerprint_isRead() {
    GuardReport report =
        GuardReport.parse(
                HEAD
                    + "\"requestId\":\"r\",\"verdict\":\"GROWING\",\"fingerprint\":\"f\","
                    + "\"family\":\"pool-N-thread-N\",\"groupThreads\":3,\"state\":\"WAITING\","
                    + "\"stack\":[\"a.B.c(B.java:1)\",\"d\"],\"diagnosis\":\"idle\"}")
            .orElseThrow();
    assertThat(report.growing()).isTrue();
    assertThat(report.groupThreads()).isEqualTo(3);
    assertThat(report.leakedThreads()).isEqualTo(3);
    assertThat(report.stack()).containsExactly("a.B.c(B.java:1)", "d");
    assertThat(report.createdBy()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain log line",
        "{\"Namespace\":\"LeakGuard\"",
        "{\"Namespace\":\"LeakGuard\"}",
        "\"Namespace\":\"LeakGuard\" [1,2",
        "{\"Namespace\":\"LeakGuard\",\"fingerprint\":\"f\",\"groupThreads\":\"many\"}"
      })
  void parse_anythingElse_isEmpty(String line) {
    assertThat(GuardReport.parse(line)).isEmpty();
  }

  @Test
  void parse_documentAboutSockets_isNotAboutThreads() {
    String line =
        "{\"_aws\":{\"CloudWatchMetrics\":[{\"Namespace\":\"LeakGuard\"}]},\"kind\":\"KIND\","
            + "\"fingerprint\":\"f\",\"verdict\":\"GROWING\",\"family\":\"x\"}";

    assertThat(GuardReport.parse(line.replace("KIND", "socket")))
        .hasValueSatisfying(report -> assertThat(report.ofThreads()).isFalse());
    assertThat(GuardReport.parse(line.replace("KIND", "stuck")))
        .hasValueSatisfying(report -> assertThat(report.ofThreads()).isTrue());
  }
}
