package io.leakguard.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.leakguard.chaos.results.CellResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
  private static CellResult cell(String kind, double perInvocation) {
    return new Gson()
        .fromJson(
            """
            {"function": "F", "shape": "s", "verdict": "leak",
             "findings": [{"kind": "%s", "family": "x", "perInvocation": %s}],
             "timeline": [
               {"phase": "BASELINE", "threads": 14, "descriptors": 44, "durationMs": 5},
               {"phase": "BASELINE", "threads": 24, "descriptors": 24, "durationMs": 5},
               {"phase": "FAULT", "threads": 25, "durationMs": 200}]}
            """
                .formatted(kind, perInvocation),
            CellResult.class);
  }

  private static Forecast forecast(String kind, double perInvocation) {
    CellResult cell = cell(kind, perInvocation);
    return Forecast.of(cell, cell.findings().get(0)).orElseThrow();
  }

  @Test
  void of_threads_countsFromTheBaseline() {
    assertThat(forecast("thread", 2.0)).isEqualTo(new Forecast(1_024, 500, 0.2));
  }

  @Test
  void of_sockets_areDescriptors() {
    assertThat(forecast("socket", 1.0).invocations()).isEqualTo(980);
  }

  @Test
  void of_whatHasNoLimitOrDoesNotGrow_isNothing() {
    CellResult backlog = cell("backlog", 1.0);
    assertThat(Forecast.of(backlog, backlog.findings().get(0))).isEmpty();
    CellResult flat = cell("thread", 0);
    assertThat(Forecast.of(flat, flat.findings().get(0))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.1, 1, 5000", "1, 1, 500", "10, 2, 100", "100, 20, 100"})
  void lasts_rate_isSpreadOverTheEnvironmentsThatItNeeds(
      double rate, int environments, double seconds) {
    Forecast forecast = forecast("thread", 2.0);
    assertThat(forecast.environments(rate)).isEqualTo(environments);
    assertThat(forecast.lasts(rate)).hasValue(seconds);
  }
}
