package io.leakguard.chaos.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeApiTest {
  @ParameterizedTest
  @CsvSource(
      emptyValue = "",
      value = {
        "/2018-06-01/runtime/invocation/abc/response, abc",
        "/2018-06-01/runtime/invocation/abc/error, abc",
        "/2018-06-01/runtime/invocation/abc, abc",
        "/2018-06-01/runtime/invocation/, ''",
        "/, ''"
      })
  void requestId_isTheOneInThePath(String uri, String id) {
    assertThat(RuntimeApi.requestId(uri)).isEqualTo(id);
  }

  @Test
  void handlerError_readsTypeAndMessage() {
    Outcome.HandlerError error =
        RuntimeApi.handlerError("{\"errorType\":\"T\",\"errorMessage\":\"M\"}".getBytes(UTF_8));
    assertThat(error.type()).isEqualTo("T");
    assertThat(error.message()).isEqualTo("M");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "{\"errorType\":null}", "{\"errorMessage\":{}}"})
  void handlerError_ofAnythingElse_keepsTheBody(String body) {
    Outcome.HandlerError error = RuntimeApi.handlerError(body.getBytes(UTF_8));
    assertThat(error.type()).isEmpty();
    assertThat(error.message()).isEmpty();
    assertThat(error.body()).hasToString(body);
  }

  @ParameterizedTest
  @CsvSource({
    "0, Runtime exited without providing a reason",
    "1, Runtime exited with error: exit status 1",
    "137, Runtime exited with error: signal: killed",
    "139, Runtime exited with error: signal: segmentation fault"
  })
  void exited_isWordedAsLambdaDoes(int status, String text) {
    assertThat(Outcome.exited("id", status).body().toString())
        .contains("Runtime.ExitError", "RequestId: id Error: " + text);
  }

  @Test
  void requestIds_areUuidsOfVersionFourAndDiffer() {
    assertThat(RequestIds.next())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
        .isNotEqualTo(RequestIds.next());
    assertThat(RequestIds.nextTrace())
        .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
  }
}
