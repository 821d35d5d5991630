package io.leakguard.chaos.lambda;

import static io.leakguard.chaos.lambda.TestLambda.invoke;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a runtime client may do that the real one seldom does. */
class RuntimeProtocolTest {
  private TestLambda lambda;

  @BeforeEach
  void start() {
    lambda = new TestLambda();
  }

  @AfterEach
  void stop() {
    lambda.close();
  }

  private LocalFunction deploy(String... steps) throws IOException {
    return deploy(FunctionOptions.DEFAULT.withFreeze(Freeze.NEVER), steps);
  }

  private LocalFunction deploy(FunctionOptions options, String... steps) throws IOException {
    try (InputStream in = RuntimeProtocolTest.class.getResourceAsStream("runtime.sh")) {
      String prelude = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Path script = lambda.supervisor().scratch().resolve("java");
      Files.writeString(script, "#!/bin/bash\n" + prelude + String.join("\n", steps) + "\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
      return lambda
          .lambda()
          .deploy(
              lambda.config("Scripted", "none").build(), options, new JavaInstallation(script, 17));
    }
  }

  private List<String> output(String requestId) {
    return lambda.recorder().lines(requestId).stream().map(Recorder.Line::text).toList();
  }

  @Test
  void twoResults_theFirstCountsAndBothAreAccepted() throws Exception {
    LocalFunction function = deploy("next", "respond 1", "fail '{}'", "next");
    InvocationRecord result = invoke(function, "{}");
    assertThat(result.outcome()).isEqualTo(new Outcome.Succeeded(Payload.of("1")));
    assertThat(function.awaitIdle(Duration.ofSeconds(10))).isTrue();
    await()
        .untilAsserted(
            () ->
                assertThat(output(result.requestId()))
                    .containsExactly("GET next 200", "POST response 202", "POST error 202"));
    assertThat(lambda.recorder().invocations(function)).hasSize(1);
  }

  @Test
  void unknownIdAndPath_areRefusedAndTheInvocationGoesOn() throws Exception {
    LocalFunction function =
        deploy(
            "next",
            "event=$body",
            "call POST $api/invocation/other/response 1",
            "call POST $api/invocation/$id/elsewhere 1",
            "call GET /elsewhere",
            "call POST $api/invocation/next",
            "respond \"$event\"",
            "next");
    InvocationRecord result = invoke(function, "[7]");
    assertThat(result.outcome().body()).hasToString("[7]");
    assertThat(output(result.requestId()))
        .contains("POST response 400", "POST elsewhere 404", "GET elsewhere 404", "POST next 400");
  }

  @Test
  void pollInsteadOfAnAnswer_isAnError() throws Exception {
    LocalFunction function = deploy("next", "next", "respond 2", "next");
    assertThat(invoke(function, "{}").outcome())
        .isInstanceOfSatisfying(
            Outcome.HandlerError.class,
            error -> assertThat(error.type()).isEqualTo("Runtime.NoResponse"));
    assertThat(invoke(function, "{}").outcome().body()).hasToString("2");
  }

  @Test
  void connectionClosedWhileIdle_environmentIsReplaced() throws Exception {
    LocalFunction function =
        deploy(
            "next",
            "respond 1",
            "printf 'GET %s/invocation/next HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' $api >&5",
            "exec 5>&-",
            "sleep 60");
    assertThat(invoke(function, "{}").coldStart()).isTrue();
    await().until(() -> lambda.recorder().ends(function).size() == 1);
    assertThat(lambda.recorder().ends(function).get(0).reason())
        .isEqualTo(EnvironmentEnd.CONNECTION_LOST);
    assertThat(invoke(function, "{}").coldStart()).isTrue();
  }

  @Test
  void notHttp_isRefused() throws Exception {
    LocalFunction function =
        deploy(
            "printf 'nonsense\\r\\n\\r\\n' >&5",
            "read -r _ refused _ <&5",
            "exec 5>&-",
            "connect",
            "next",
            "respond \"$refused\"");
    assertThat(invoke(function, "{}").outcome().body()).hasToString("400");
  }

  @Test
  void exitDuringInit_keepsItsLastWordsThoughTheyEndWithoutALine() throws Exception {
    LocalFunction function = deploy("printf 'no licence'", "exit 7");
    assertThat(invoke(function, "{}").outcome())
        .isInstanceOfSatisfying(
            Outcome.InitError.class,
            error ->
                assertThat(error.message()).isEqualTo("Runtime exited with error: exit status 7"));
    await().until(() -> !lambda.recorder().ends(function).isEmpty());
    assertThat(lambda.recorder().ends(function).get(0).status()).isEqualTo(7);
    assertThat(lambda.recorder().idleLines()).contains("no licence");
  }

  @Test
  void exitDuringInit_everyWaitingInvocationIsAnswered() throws Exception {
    LocalFunction function = deploy(FunctionOptions.DEFAULT.withEnvironments(3), "exit 1");
    var answers = List.of(function.invoke("1"), function.invoke("2"), function.invoke("3"));
    for (var answer : answers) {
      assertThat(answer)
          .succeedsWithin(Duration.ofSeconds(20))
          .extracting(InvocationRecord::outcome)
          .isInstanceOf(Outcome.InitError.class);
    }
    assertThat(function.awaitIdle(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void initError_isTheAnswer() throws Exception {
    LocalFunction function =
        deploy(
            "call POST $api/init/error '{\"errorType\":\"Runtime.Bad\",\"errorMessage\":\"no\"}'",
            "exit 1");
    assertThat(invoke(function, "{}").outcome())
        .isInstanceOfSatisfying(
            Outcome.InitError.class,
            error -> {
              assertThat(error.type()).isEqualTo("Runtime.Bad");
              assertThat(error.message()).isEqualTo("no");
              assertThat(error.isError()).isTrue();
            });
    await().until(() -> lambda.recorder().idleLines().contains("POST error 202"));
  }

  @Test
  void answerThenExit_isASuccessAndTheNextOneIsCold() throws Exception {
    LocalFunction function = deploy("next", "respond 1", "exit 0");
    for (int i = 0; i < 5; i++) {
      InvocationRecord result = invoke(function, "{}");
      assertThat(result.outcome()).isEqualTo(new Outcome.Succeeded(Payload.of("1")));
      assertThat(result.coldStart()).isTrue();
    }
  }

  @Test
  void linesWrittenWhileIdle_belongToNoInvocation() throws Exception {
    LocalFunction function =
        deploy(
            "next", "echo during", "respond 1", "(sleep 0.3; echo between) &", "next", "respond 2");
    InvocationRecord first = invoke(function, "{}");
    await().until(() -> lambda.recorder().idleLines().contains("between"));
    InvocationRecord second = invoke(function, "{}");
    assertThat(output(first.requestId())).contains("during").doesNotContain("between");
    assertThat(output(second.requestId())).doesNotContain("between");
  }

  @Test
  void answerPastTheLimit_isRefusedToTheClient() throws Exception {
    LocalFunction function =
        deploy(
            "next",
            "printf 'POST %s/invocation/%s/response HTTP/1.1\\r\\nHost: x\\r\\n' $api $id >&5",
            "printf 'Expect: 100-continue\\r\\nContent-Length: 6291557\\r\\n\\r\\n' >&5",
            "read -r _ status _ <&5",
            "echo \"client saw $status\"",
            "connect",
            "fail '{}'",
            "next");
    InvocationRecord result = invoke(function, "{}");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.HandlerError.class,
            error -> assertThat(error.type()).isEqualTo("Function.ResponseSizeTooLarge"));
    await().until(() -> output(result.requestId()).contains("client saw 413"));
    await().until(() -> output(result.requestId()).contains("POST error 202"));
  }
}
