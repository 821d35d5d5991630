package io.leakguard.chaos.lambda;

import static io.leakguard.chaos.lambda.TestLambda.invoke;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leakguard.chaos.lambda.handlers.ConstructorThrows;
import io.leakguard.chaos.lambda.handlers.NeverReady;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalLambdaTest {
  private static TestLambda lambda;

  @BeforeAll
  static void start() {
    lambda = new TestLambda();
  }

  @AfterAll
  static void stop() {
    lambda.close();
  }

  private static JsonObject json(InvocationRecord result) {
    return JsonParser.parseString(result.outcome().body().toString()).getAsJsonObject();
  }

  @Test
  void invoke_success_givesTheAnswerOfAColdThenAWarmStart() throws Exception {
    LocalFunction echo = lambda.deploy("Echo", "echo");
    InvocationRecord first = invoke(echo, "{\"a\":1}");
    InvocationRecord second = invoke(echo, "[2]");
    assertThat(first.outcome()).isEqualTo(new Outcome.Succeeded(Payload.of("{\"a\":1}")));
    assertThat(second.outcome().body()).hasToString("[2]");
    assertThat(first.coldStart()).isTrue();
    assertThat(second.coldStart()).isFalse();
    assertThat(second.environment()).isEqualTo(first.environment());
    assertThat(second.requestId()).isNotEqualTo(first.requestId());
    assertThat(lambda.recorder().invocations(echo)).containsExactly(first, second);
  }

  @Test
  void invoke_withAFifthOfAProcessor_takesLongerThanItsWork() throws Exception {
    CpuShare fifth = new CpuShare(Duration.ofMillis(20), Duration.ofMillis(80));
    LocalFunction work =
        lambda.deploy(lambda.config("Work", "work").cpuShare(fifth), FunctionOptions.DEFAULT);
    invoke(work, "{\"millis\":1}");

    InvocationRecord worked = invoke(work, "{\"millis\":200}");

    // Five times as long, less what a late signal lets it run on.
    assertThat(worked.duration()).isGreaterThan(Duration.ofMillis(400));
  }

  @Test
  void invoke_handlerThrows_isAHandlerErrorAndTheEnvironmentLives() throws Exception {
    LocalFunction fail = lambda.deploy("Fail", "fail");
    InvocationRecord first = invoke(fail, "{}");
    InvocationRecord second = invoke(fail, "{}");
    assertThat(first.outcome())
        .isInstanceOfSatisfying(
            Outcome.HandlerError.class,
            error -> {
              assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
              assertThat(error.message()).isEqualTo("no stock left");
              assertThat(error.body().toString()).contains("stackTrace");
            });
    assertThat(second.environment()).isEqualTo(first.environment());
    await().until(() -> !lambda.recorder().lines(first.requestId()).isEmpty());
    assertThat(lambda.recorder().lines(first.requestId()))
        .anySatisfy(line -> assertThat(line.text()).contains("no stock left"));
  }

  @Test
  void invoke_errorWithAVeryLongCause_isTaken() throws Exception {
    // The runtime client puts the whole trace into a header of the request.
    InvocationRecord result = invoke(lambda.deploy("FailDeeply", "failDeeply"), "{}");
    assertThat(result.outcome()).isInstanceOf(Outcome.HandlerError.class);
    assertThat(result.outcome().body().length()).isGreaterThan(8192);
  }

  @Test
  void invoke_pastTheTimeout_killsTheEnvironmentAndTheNextOneIsCold() throws Exception {
    FunctionConfig.Builder config = lambda.config("Sleep", "sleep").timeout(Duration.ofMillis(400));
    LocalFunction sleep = lambda.deploy(config, FunctionOptions.DEFAULT);
    InvocationRecord warm = invoke(sleep, "{\"millis\":1}");
    assertThat(Long.parseLong(warm.outcome().body().toString())).isBetween(1L, 399L);

    InvocationRecord late = invoke(sleep, "{\"millis\":30000}");
    InvocationRecord next = invoke(sleep, "{\"millis\":1}");

    assertThat(late.outcome().body().toString())
        .contains("Sandbox.Timedout", late.requestId() + " Task timed out after 0.40 seconds");
    assertThat(late.outcome()).isInstanceOf(Outcome.TimedOut.class);
    assertThat(late.duration()).isBetween(Duration.ofMillis(400), Duration.ofSeconds(5));
    assertThat(next.coldStart()).isTrue();
    assertThat(next.outcome()).isInstanceOf(Outcome.Succeeded.class);
    await().until(() -> !lambda.recorder().ends(sleep).isEmpty());
    assertThat(lambda.recorder().ends(sleep).get(0))
        .isEqualTo(
            new Recorder.End(
                lambda.recorder().started(sleep).get(0), EnvironmentEnd.TIMED_OUT, 137));
  }

  @Test
  void setTimeout_appliesToTheNextInvocation() throws Exception {
    LocalFunction sleep = lambda.deploy("SleepShorter", "sleep");
    assertThat(invoke(sleep, "{\"millis\":1}").outcome()).isInstanceOf(Outcome.Succeeded.class);
    sleep.setTimeout(Duration.ofMillis(100));
    assertThat(invoke(sleep, "{\"millis\":30000}").outcome())
        .isInstanceOfSatisfying(
            Outcome.TimedOut.class,
            outcome -> assertThat(outcome.timeout()).isEqualTo(Duration.ofMillis(100)));
    assertThatThrownBy(() -> sleep.setTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void invoke_processExits_saysWithWhatAndTheNextOneIsCold() throws Exception {
    LocalFunction exit = lambda.deploy("Exit", "exit");
    InvocationRecord first = invoke(exit, "{}");
    InvocationRecord second = invoke(exit, "{}");
    assertThat(first.outcome())
        .isInstanceOfSatisfying(
            Outcome.Exited.class, outcome -> assertThat(outcome.status()).isEqualTo(3));
    assertThat(first.outcome().body().toString())
        .contains("Runtime.ExitError", "Runtime exited with error: exit status 3");
    assertThat(second.coldStart()).isTrue();
    assertThat(lambda.recorder().lines(first.requestId()))
        .extracting(Recorder.Line::text)
        .contains("about to exit");
  }

  @Test
  void invoke_constructorThrows_isAnInitError() throws Exception {
    FunctionConfig.Builder config =
        FunctionConfig.builder("Constructor", ConstructorThrows.class.getName(), lambda.taskRoot());
    LocalFunction function = lambda.deploy(config, FunctionOptions.DEFAULT);
    InvocationRecord result = invoke(function, "\"x\"");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.InitError.class,
            error -> assertThat(error.body().toString()).contains("TABLE_NAME is not set"));
    assertThat(result.environment()).isNull();
  }

  @Test
  void invoke_classNotFound_isAHandlerErrorThatNamesIt() throws Exception {
    FunctionConfig.Builder config =
        FunctionConfig.builder("NoClass", "com.acme.Missing", lambda.taskRoot());
    InvocationRecord result = invoke(lambda.deploy(config, FunctionOptions.DEFAULT), "{}");
    assertThat(result.outcome()).isInstanceOf(Outcome.HandlerError.class);
    assertThat(result.outcome().body().toString()).contains("com.acme.Missing");
  }

  @Test
  void invoke_neverAsksForAnEvent_isAnInitErrorAfterTheLimit() throws Exception {
    FunctionConfig config =
        FunctionConfig.builder("NeverReady", NeverReady.class.getName(), lambda.taskRoot()).build();
    LocalFunction function =
        lambda
            .lambda()
            .deploy(config, FunctionOptions.DEFAULT.withInitTimeout(Duration.ofMillis(700)));
    InvocationRecord result = invoke(function, "{}");
    assertThat(result.outcome().body().toString()).contains("Init timed out", "700 ms");
    await().until(() -> !lambda.recorder().ends(function).isEmpty());
    assertThat(lambda.recorder().ends(function).get(0).reason())
        .isEqualTo(EnvironmentEnd.INIT_TIMED_OUT);
  }

  @Test
  void invoke_taskRootMissing_isAnInitErrorThatSaysSo() throws Exception {
    FunctionConfig.Builder config = FunctionConfig.builder("NoRoot", "A", Path.of("/no/such"));
    InvocationRecord result = invoke(lambda.deploy(config, FunctionOptions.DEFAULT), "{}");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.InitError.class, error -> assertThat(error.message()).contains("/no/such"));
  }

  @Test
  void invoke_jvmRefusesItsOptions_isAnInitErrorWithTheReasonInTheLog() throws Exception {
    FunctionConfig.Builder config =
        lambda
            .config("BadOption", "echo")
            .environment(Map.of("JAVA_TOOL_OPTIONS", "-XX:+NoSuchOption"));
    InvocationRecord result = invoke(lambda.deploy(config, FunctionOptions.DEFAULT), "{}");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.InitError.class,
            error -> assertThat(error.message()).contains("exit status 1"));
  }

  @Test
  void invoke_largeAnswer_comesWholeAndATooLargeOneIsAnError() throws Exception {
    LocalFunction big = lambda.deploy("Big", "big");
    InvocationRecord allowed = invoke(big, "{\"bytes\":6291500}");
    InvocationRecord tooLarge = invoke(big, "{\"bytes\":6291600}");
    InvocationRecord after = invoke(big, "{\"bytes\":1}");
    assertThat(allowed.outcome().body().length()).isEqualTo(6_291_502);
    assertThat(tooLarge.outcome())
        .isInstanceOfSatisfying(
            Outcome.HandlerError.class,
            error -> assertThat(error.type()).isEqualTo("Function.ResponseSizeTooLarge"));
    assertThat(after.outcome().body()).hasToString("\"x\"");
    assertThat(after.environment()).isEqualTo(allowed.environment());
  }

  @Test
  void invoke_eightAtOnce_startsEightEnvironmentsWithoutACrash() throws Exception {
    LocalFunction sleep =
        lambda.deploy(lambda.config("Burst", "sleep"), FunctionOptions.DEFAULT.withEnvironments(8));
    List<CompletableFuture<InvocationRecord>> answers =
        Stream.generate(() -> sleep.invoke("{\"millis\":0}")).limit(8).toList();
    for (CompletableFuture<InvocationRecord> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.Succeeded.class);
    }
    assertThat(sleep.awaitIdle(Duration.ofSeconds(60))).isTrue();
    assertThat(sleep.environments()).hasSize(8).doesNotHaveDuplicates();
    assertThat(lambda.recorder().ends(sleep)).isEmpty();
    sleep.recycle();
    assertThat(sleep.environments()).isEmpty();
  }

  @Test
  void recycle_whileBusy_endsTheInvocationAsKilled() throws Exception {
    LocalFunction sleep = lambda.deploy("Recycled", "sleep");
    CompletableFuture<InvocationRecord> running = sleep.invoke("{\"millis\":15000}");
    await().until(() -> lambda.recorder().delivered(sleep) == 1);
    long pid = sleep.environments().get(0).pid();
    sleep.recycle();
    assertThat(running.get(10, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.Exited.class);
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(invoke(sleep, "{\"millis\":0}").coldStart()).isTrue();
  }

  @Test
  void environment_isTheTemplatesAndTheRuntimesAlone() throws Exception {
    FunctionConfig.Builder config =
        lambda
            .config("Environment", "environment")
            .environment(
                Map.of("TABLE", "orders", "AWS_REGION", "eu-west-1", "_HANDLER", "ignored"));
    JsonObject variables = json(invoke(lambda.deploy(config, FunctionOptions.DEFAULT), "{}"));
    assertThat(variables.keySet())
        .isEqualTo(
            Set.of(
                "TABLE",
                "PATH",
                "LANG",
                "TZ",
                "AWS_REGION",
                "AWS_DEFAULT_REGION",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_SESSION_TOKEN",
                "AWS_XRAY_CONTEXT_MISSING",
                "AWS_XRAY_DAEMON_ADDRESS",
                "AWS_EMF_ENVIRONMENT",
                "AWS_EC2_METADATA_DISABLED",
                "AWS_LAMBDA_RUNTIME_API",
                "_LAMBDA_TELEMETRY_LOG_FD",
                "_HANDLER",
                "AWS_EXECUTION_ENV",
                "AWS_LAMBDA_FUNCTION_NAME",
                "AWS_LAMBDA_FUNCTION_VERSION",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "AWS_LAMBDA_LOG_GROUP_NAME",
                "AWS_LAMBDA_LOG_STREAM_NAME",
                "LAMBDA_TASK_ROOT",
                "LAMBDA_RUNTIME_DIR"));
    assertThat(variables.get("TABLE").getAsString()).isEqualTo("orders");
    assertThat(variables.get("AWS_REGION").getAsString()).isEqualTo("eu-west-1");
    assertThat(variables.get("_HANDLER").getAsString()).endsWith("::environment");
    assertThat(variables.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").getAsString()).isEqualTo("256");
  }

  @Test
  void machine_isTheManagedRuntimes() throws Exception {
    JsonObject machine = json(invoke(lambda.deploy("Machine", "machine"), "{}"));
    assertThat(machine.get("processors").getAsInt()).isEqualTo(2);
    // 85 % of 256 MB, less the survivor space that the collector keeps empty.
    assertThat(machine.get("heap").getAsLong()).isBetween(200L << 20, 218L << 20);
    assertThat(machine.get("home").getAsString()).isEqualTo("/home/sbx_user1051");
    assertThat(machine.get("temporary").getAsString())
        .startsWith(lambda.supervisor().scratch().toString());
    assertThat(machine.get("loader").getAsString()).isEqualTo("CustomerClassLoader");
    assertThat(machine.get("function").getAsString()).isEqualTo("Machine");
    assertThat(machine.get("version").getAsString()).isEqualTo("$LATEST");
    assertThat(machine.get("arn").getAsString()).endsWith(":function:Machine");
    assertThat(machine.get("trace").getAsString()).startsWith("Root=1-");
  }

  @Test
  void invoke_clientLeavesItsLoopButTheProcessLives_isKilledAsHung() throws Exception {
    FunctionConfig.Builder config =
        lambda.config("Zombie", "zombie").timeout(Duration.ofMillis(1500));
    LocalFunction zombie = lambda.deploy(config, FunctionOptions.DEFAULT);
    InvocationRecord first = invoke(zombie, "{}");
    InvocationRecord second = invoke(zombie, "{}");
    assertThat(first.outcome()).isInstanceOf(Outcome.HandlerError.class);
    assertThat(second.coldStart()).isTrue();
    await().until(() -> !lambda.recorder().ends(zombie).isEmpty());
    assertThat(lambda.recorder().ends(zombie).get(0).reason()).isEqualTo(EnvironmentEnd.HUNG);
  }

  @Test
  void invoke_processWasKilledWhileIdle_nextOneGetsANewEnvironment() throws Exception {
    LocalFunction echo = lambda.deploy("Killed", "echo");
    invoke(echo, "{}");
    assertThat(echo.awaitFrozen(Duration.ofSeconds(10))).isTrue();
    ProcessHandle process = ProcessHandle.of(echo.environments().get(0).pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get(10, TimeUnit.SECONDS);
    InvocationRecord next = invoke(echo, "[1]");
    assertThat(next.outcome()).isEqualTo(new Outcome.Succeeded(Payload.of("[1]")));
    assertThat(next.coldStart()).isTrue();
  }

  @Test
  void deploy_nameTwice_isRefused() {
    lambda.deploy("Twice", "echo");
    assertThatThrownBy(() -> lambda.deploy("Twice", "echo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Twice");
  }

  @Test
  void remove_endsItsEnvironmentsAndFreesItsName() throws Exception {
    LocalFunction first = lambda.deploy("Removed", "echo");
    invoke(first, "{}");
    long pid = first.environments().get(0).pid();
    lambda.lambda().remove(first);
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(first.invoke("{}"))
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableThat()
        .withCauseInstanceOf(ThrottledException.class);
    assertThat(invoke(lambda.deploy("Removed", "echo"), "{}").coldStart()).isTrue();
  }
}
