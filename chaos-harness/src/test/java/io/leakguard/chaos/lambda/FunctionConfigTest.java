package io.leakguard.chaos.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionConfigTest {
  private static FunctionConfig.Builder config() {
    return FunctionConfig.builder("Orders", "com.acme.Orders", Path.of("/tmp"));
  }

  @Test
  void build_withoutMore_hasLambdasDefaults() {
    FunctionConfig config = config().build();
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.memoryMegabytes()).isEqualTo(128);
    assertThat(config.environment()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 127, 10_241, -1})
  void build_memoryOutOfRange_namesRuleAndValue(int megabytes) {
    assertThatThrownBy(() -> config().memoryMegabytes(megabytes).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("memoryMegabytes must be 128 to 10240, was " + megabytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT15M0.001S"})
  void build_timeoutOutOfRange_namesRuleAndValue(Duration timeout) {
    assertThatThrownBy(() -> config().timeout(timeout).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timeout must be")
        .hasMessageContaining(timeout.toString());
  }

  @Test
  void build_blankHandlerOrName_isRefused() {
    assertThatThrownBy(() -> FunctionConfig.builder("a", " ", Path.of("/")).build())
        .hasMessageContaining("handler must not be blank");
    assertThatThrownBy(() -> FunctionConfig.builder("", "h", Path.of("/")).build())
        .hasMessageContaining("name must not be blank");
  }

  @Test
  void options_badValues_areRefused() {
    FunctionOptions options = FunctionOptions.DEFAULT;
    assertThatThrownBy(() -> options.withEnvironments(0))
        .hasMessage("environments must be at least 1, was 0");
    assertThatThrownBy(() -> options.withInitTimeout(Duration.ZERO))
        .hasMessageContaining("initTimeout must be above zero");
    assertThatThrownBy(() -> Overflow.queue(Duration.ZERO))
        .hasMessageContaining("longest must be above zero");
    assertThatThrownBy(() -> new Freeze.After(Duration.ofMillis(-1)))
        .hasMessageContaining("idle must not be negative");
  }
}
