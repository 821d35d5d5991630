package io.leakguard.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.chaos.load.LoadResult.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerTest {
  @Test
  void parse_done_hasCountsPerTarget() throws LoadException {
    LoadResult result = Answer.parse("done 0 ok=10,9 failed=0,1 timedOut=0,2", 2);

    assertThat(result.targets()).containsExactly(new Counts(10, 0, 0), new Counts(9, 1, 2));
    assertThat(result.targets().get(1).total()).isEqualTo(12);
  }

  @Test
  void parse_error_givesItsReason() {
    assertThatThrownBy(() -> Answer.parse("error No space left on device", 1))
        .isInstanceOf(LoadException.class)
        .hasMessage("the load could not be sent: No space left on device");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "done",
        "done 0 ok= failed= timedOut=",
        "done 1 ok=1 failed=0 timedOut=0",
        "done 0 ok=1,1 failed=0 timedOut=0",
        "done 0 ok=1 failed=0 timedOut=-1",
        "done 0 ok=1 failed=0 timedOut=0 more",
        "OpenJDK 64-Bit Server VM warning",
      })
  void parse_anythingElse_isShown(String line) {
    assertThatThrownBy(() -> Answer.parse(line, 1))
        .isInstanceOf(LoadException.class)
        .hasMessage("the load driver gave an unknown answer: '" + line + "'");
  }

  @Test
  void parse_countsOfOtherTargets_areRefused() {
    assertThatThrownBy(() -> Answer.parse("done 0 ok=1 failed=0 timedOut=0", 2))
        .isInstanceOf(LoadException.class);
  }
}
