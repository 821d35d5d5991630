package io.leakguard.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.chaos.load.LoadPlan.Burst;
import io.leakguard.chaos.load.LoadPlan.Impatient;
import io.leakguard.chaos.load.LoadPlan.Steady;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadPlanTest {
  private static final URI TARGET = URI.create("http://127.0.0.1:3001/f");
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void lists_changedAfterwards_areNotSeen() {
    List<URI> targets = new ArrayList<>(List.of(TARGET));
    List<String> bodies = new ArrayList<>(List.of("{}"));
    List<LoadPlan> plans =
        List.of(
            new Steady(targets, 1, SECOND, bodies, SECOND),
            new Burst(targets, 1, bodies, SECOND),
            new Impatient(targets, 1, SECOND, bodies, SECOND));
    targets.clear();
    bodies.clear();

    assertThat(plans).allSatisfy(plan -> assertThat(plan.targets()).containsExactly(TARGET));
    assertThat(plans).allSatisfy(plan -> assertThat(plan.bodies()).containsExactly("{}"));
  }

  @Test
  void longest_sequence_isEveryTimeoutAndPause() {
    List<URI> two = List.of(TARGET, TARGET);
    Duration pause = Duration.ofMillis(500);

    assertThat(new Steady(two, 10, pause, List.of("{}"), SECOND).longest()).hasSeconds(15);
    assertThat(new Impatient(two, 10, pause, List.of("{}"), SECOND).longest()).hasSeconds(15);
  }

  @Test
  void longest_burst_isOneTimeout() {
    assertThat(new Burst(List.of(TARGET), 10, List.of("{}"), SECOND).longest()).isEqualTo(SECOND);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1", "1000000, 3600000, 3600000"})
  void values_atTheirLimits_areTaken(int invocations, long pause, long timeout) {
    for (Kind kind : Kind.values()) {
      LoadPlan plan = kind.plan(TARGET, invocations, pause, "{}", timeout);
      assertThat(plan.invocations()).isEqualTo(invocations);
      assertThat(plan.clientTimeout()).hasMillis(timeout);
      assertThat(plan.pause()).hasMillis(kind == Kind.BURST ? 0 : pause);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f | 1 | 0 | {} | 1 | target must be an http or https URL with a host, was 'f'",
        "ftp://h/ | 1 | 0 | {} | 1 | target must be an http or https URL with a host, was 'ftp://h/'",
        "http:///f | 1 | 0 | {} | 1 | target must be an http or https URL with a host, was 'http:///f'",
        "http://h/ | 0 | 0 | {} | 1 | invocations must be from 1 to 1000000, was '0'",
        "http://h/ | 1000001 | 0 | {} | 1 | invocations must be from 1 to 1000000, was '1000001'",
        "http://h/ | 1 | 0 | ' ' | 1 | body must be a JSON event, was ' '",
        "http://h/ | 1 | 0 | {} | 0 | clientTimeout must be from 1 ms to 1 h, was 'PT0S'",
        "http://h/ | 1 | 0 | {} | 3600001 | clientTimeout must be from 1 ms to 1 h, was 'PT1H0.001S'",
      })
  void values_breakingARule_areNamed(
      String target, int invocations, long pause, String body, long timeout, String message) {
    for (Kind kind : Kind.values()) {
      assertThatThrownBy(() -> kind.plan(URI.create(target), invocations, pause, body, timeout))
          .as(kind.name())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, PT-0.001S", "3600001, PT1H0.001S"})
  void pause_outOfRange_isNamed(long pause, String shown) {
    for (Kind kind : List.of(Kind.STEADY, Kind.IMPATIENT)) {
      assertThatThrownBy(() -> kind.plan(TARGET, 1, pause, "{}", 1))
          .hasMessage("pause must be from 0 to 1 h, was '%s'", shown);
    }
  }

  @Test
  void lists_empty_areNamed() {
    assertThatThrownBy(() -> new Burst(List.of(), 1, List.of("{}"), SECOND))
        .hasMessage("targets must be at least one URL, was '[]'");
    assertThatThrownBy(() -> new Burst(List.of(TARGET), 1, List.of(), SECOND))
        .hasMessage("bodies must be at least one JSON event, was '[]'");
  }

  private enum Kind {
    STEADY,
    BURST,
    IMPATIENT;

    LoadPlan plan(URI target, int invocations, long pause, String body, long timeout) {
      List<URI> targets = List.of(target);
      List<String> bodies = List.of(body);
      Duration between = Duration.ofMillis(pause);
      Duration patience = Duration.ofMillis(timeout);
      return switch (this) {
        case STEADY -> new Steady(targets, invocations, between, bodies, patience);
        case BURST -> new Burst(targets, invocations, bodies, patience);
        case IMPATIENT -> new Impatient(targets, invocations, between, bodies, patience);
      };
    }
  }
}
