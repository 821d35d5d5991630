package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A small share of the million that the checks of the repository run. */
class FuzzedInvocationsTest {
  @Test
  void run_twentyThousandRandomInvocations_areTheBareHandlers() throws Exception {
    assertThat(FuzzedInvocations.run(20_000, System.nanoTime())).isZero();
  }
}
