package io.leakguard.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandTest {
  @ParameterizedTest
  @CsvSource({
    "steady, io.leakguard.load.SteadySimulation",
    "burst, io.leakguard.load.BurstSimulation",
    "impatient, io.leakguard.load.ImpatientClientSimulation",
  })
  void parse_simulation_isItsClass(String name, String className) {
    assertThat(Command.parse("simulation=" + name)).isEqualTo(new Command(className, Map.of()));
  }

  @Test
  void parse_encodedValues_areDecoded() {
    assertThat(
            Command.parse(
                    "target=http%3A%2F%2Fh%2F%3Fa%3Db%26c&simulation=steady&bodies=a+%C3%BC%0A\r")
                .settings())
        .containsOnly(Map.entry("target", "http://h/?a=b&c"), Map.entry("bodies", "a ü\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | command must be fields key=value joined by &, was ''",
        "garbage | command must be fields key=value joined by &, was 'garbage'",
        "=steady | command must be fields key=value joined by &, was '=steady'",
        "simulation=steady& | command must be fields key=value joined by &, was 'simulation=steady&'",
        "simulation=%zz | command must be percent-encoded, was '%zz'",
        "pause=1s | simulation must be one of [burst, impatient, steady], was 'null'",
        "simulation=Steady | simulation must be one of [burst, impatient, steady], was 'Steady'",
        "simulation=steady&java.home=x | setting must be one of [target, invocations, pause, bodies,"
            + " clientTimeout, maxErrorPercent], was 'java.home'",
      })
  void parse_garbage_namesTheRule(String line, String message) {
    assertThatThrownBy(() -> Command.parse(line))
        .isInstanceOf(SettingsException.class)
        .hasMessage(message);
  }
}
