package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionDefinitionTest {
  private final FunctionDefinition.Builder builder =
      FunctionDefinition.builder("F", "a.B", Path.of("x.jar"));

  @Test
  void build_withoutMore_hasLambdasDefaults() {
    FunctionDefinition function = builder.build();

    assertThat(function.functionName()).isEqualTo("F");
    assertThat(function.runtime()).isEqualTo("java17");
    assertThat(function.timeout()).hasSeconds(3);
    assertThat(function.memoryMegabytes()).isEqualTo(128);
    assertThat(function.reservedConcurrency()).isEmpty();
    assertThat(function.conditionTrue()).isTrue();
    assertThat(function.line()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT15M0.001S"})
  void timeout_outOfRange_isRefused(Duration timeout) {
    assertThatThrownBy(() -> builder.timeout(timeout))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeout must be above 0 and at most 900 s, but is " + timeout);
  }

  @Test
  void memory_tooSmall_isRefused() {
    assertThatThrownBy(() -> builder.memoryMegabytes(127))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("memory must be at least 128 MB, but is 127");
  }

  @Test
  void reservedConcurrency_negative_isRefused() {
    assertThatThrownBy(() -> builder.reservedConcurrency(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("reserved concurrency must be at least 0, but is -1");
  }

  @Test
  void build_thenBuilderChanges_leavesTheFirstAlone() {
    FunctionDefinition before = builder.build();
    builder.note("later").environment(Map.of("A", "b")).layer(Path.of("l"));

    assertThat(before.notes()).isEmpty();
    assertThat(before.environment()).isEmpty();
    assertThat(before.layers()).isEmpty();
    assertThat(builder.build().notes()).containsExactly("later");
  }
}
