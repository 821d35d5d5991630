package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A small share of the million that the checks of the repository run. */
class FuzzedInvocationsTest {
  @Test
  void run_twentyThousandRandomInvocations_areTheBareHandlers() throws Exception {
    assertThat(FuzzedInvocations.run(20_000, System.nanoTime())).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void run_guardBrokenOnPurpose_failsForThatReason(Mutant mutant) throws Exception {
    assertThat(FuzzedInvocations.faults(500, 42, mutant))
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault).startsWith(mutant.fault()));
  }
}
