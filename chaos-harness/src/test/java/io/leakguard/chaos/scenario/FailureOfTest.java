package io.leakguard.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.lambda.Outcome;
import io.leakguard.chaos.verdict.Failure;
import io.leakguard.chaos.verdict.Failure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureOfTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"statusCode\":500} | ERROR_ANSWER | the answer has statusCode 500",
        "{\"statusCode\":\"503\"} | ERROR_ANSWER | the answer has statusCode 503",
        "{\"statusCode\":499} | REFUSAL | the answer has statusCode 499",
        "{\"statusCode\":399} | |",
        "{\"statusCode\":{}} | |",
        "\"statusCode\" | |",
        "{\"statusCode\" | |",
        "{} | |"
      })
  void answer_isAnErrorFrom500_andARefusalFrom400(String body, Kind kind, String text) {
    assertThat(FailureOf.answer(body).map(Failure::kind).orElse(null)).isEqualTo(kind);
    assertThat(FailureOf.answer(body).map(Failure::text).orElse(null)).isEqualTo(text);
  }

  @Test
  void exit_isToldFromAKill() {
    assertThat(FailureOf.outcome(new Outcome.Exited(3, null)))
        .contains(new Failure(Kind.EXITED, "the JVM exited with status 3"));
    assertThat(FailureOf.outcome(new Outcome.Exited(137, null)))
        .contains(new Failure(Kind.KILLED, "the environment was killed"));
  }

  @Test
  void failedInit_isToldFromAHandlerError() {
    assertThat(FailureOf.outcome(new Outcome.InitError("a.B", "no\n table", null)))
        .contains(new Failure(Kind.INIT_FAILED, "the init failed with a.B: no table"));
    assertThat(FailureOf.outcome(new Outcome.HandlerError("", "x".repeat(300), null)))
        .contains(
            new Failure(
                Kind.HANDLER_ERROR,
                "the handler failed with an error: " + "x".repeat(200) + "..."));
  }
}
