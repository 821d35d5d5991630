package io.leakguard.chaos;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RunResourcesTest {
  @Test
  void requireDescriptors_tooFew_isOneLine() {
    assertThatThrownBy(() -> RunResources.requireDescriptors(64))
        .isInstanceOf(UserError.class)
        .hasMessage("a run needs 256 file descriptors: ulimit -n is 64");
    assertThatCode(() -> RunResources.requireDescriptors(1024)).doesNotThrowAnyException();
  }
}
