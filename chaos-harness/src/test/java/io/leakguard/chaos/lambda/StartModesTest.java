package io.leakguard.chaos.lambda;

import static io.leakguard.chaos.lambda.TestLambda.invoke;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Managed Instances, snapshots and JDKs of a function's own, under the real runtime client. */
class StartModesTest {
  private static TestLambda lambda;

  @BeforeAll
  static void start() {
    lambda = new TestLambda();
  }

  @AfterAll
  static void stop() {
    lambda.close();
  }

  private static JsonObject environment(LocalFunction function) throws Exception {
    return JsonParser.parseString(invoke(function, "{}").outcome().body().toString())
        .getAsJsonObject();
  }

  @Test
  void managedInstances_everyThreadPollsAndEventsComeOneAtATime() throws Exception {
    LocalFunction function =
        lambda.deploy(
            lambda.config("Instances", "environment").runtime("java21").maxConcurrency(4),
            FunctionOptions.DEFAULT);
    JsonObject first = environment(function);
    assertThat(first.get("AWS_LAMBDA_MAX_CONCURRENCY").getAsString()).isEqualTo("4");
    assertThat(first.get("AWS_LAMBDA_INITIALIZATION_TYPE").getAsString())
        .isEqualTo("lambda-managed-instances");
    for (int i = 0; i < 8; i++) {
      assertThat(environment(function)).isEqualTo(first);
    }
    assertThat(function.awaitIdle(Duration.ofSeconds(20))).isTrue();
    assertThat(lambda.recorder().started(function)).hasSize(1);
  }

  @Test
  void execWrapper_startsTheRuntimeWithWhatItHasChanged() throws Exception {
    Path wrapper =
        Files.writeString(
            lambda.supervisor().scratch().resolve("wrapper"),
            "#!/bin/sh\nexport WRAPPED=\"$_HANDLER\"\nexec \"$@\"\n");
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();

    JsonObject seen =
        environment(
            lambda.deploy(
                lambda.config("Wrapped", "environment").execWrapper(wrapper),
                FunctionOptions.DEFAULT));

    assertThat(seen.get("WRAPPED").getAsString()).endsWith("Handlers::environment");
  }

  @Test
  void managedInstances_eventsThatComeAtATime_runAtATime() throws Exception {
    LocalFunction function =
        lambda.deploy(lambda.config("Overlap", "sleep").maxConcurrency(4), FunctionOptions.DEFAULT);
    invoke(function, "{\"millis\":1}");
    long start = System.nanoTime();
    List<CompletableFuture<InvocationRecord>> calls =
        Stream.generate(() -> function.invoke("{\"millis\":500}")).limit(4).toList();
    for (CompletableFuture<InvocationRecord> call : calls) {
      assertThat(call.get(20, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.Succeeded.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1900));
    assertThat(function.awaitIdle(Duration.ofSeconds(20))).isTrue();
    assertThat(lambda.recorder().started(function)).hasSize(1);
  }

  @Test
  void managedInstances_timeout_isReportedAndTheEnvironmentGoesOn() throws Exception {
    LocalFunction function =
        lambda.deploy(
            lambda.config("Late", "sleep").timeout(Duration.ofSeconds(2)).maxConcurrency(2),
            FunctionOptions.DEFAULT);
    CompletableFuture<InvocationRecord> late = function.invoke("{\"millis\":3000}");
    assertThat(invoke(function, "{\"millis\":1}").outcome()).isInstanceOf(Outcome.Succeeded.class);
    assertThat(late.get(20, TimeUnit.SECONDS).outcome()).isInstanceOf(Outcome.TimedOut.class);
    assertThat(function.awaitIdle(Duration.ofSeconds(20))).isTrue();
    assertThat(lambda.recorder().started(function)).hasSize(1);
  }

  @Test
  void managedInstances_exitOfTheProcess_isSeen() throws Exception {
    LocalFunction function =
        lambda.deploy(
            lambda.config("InstancesExit", "exit").maxConcurrency(2), FunctionOptions.DEFAULT);
    assertThat(invoke(function, "{}").outcome())
        .isInstanceOfSatisfying(
            Outcome.Exited.class, exited -> assertThat(exited.status()).isEqualTo(3));
  }

  @Test
  void snapStart_isRestoredAtOnceAndServes() throws Exception {
    LocalFunction function =
        lambda.deploy(
            lambda.config("Snap", "environment").snapStart(true), FunctionOptions.DEFAULT);
    assertThat(environment(function).get("AWS_LAMBDA_INITIALIZATION_TYPE").getAsString())
        .isEqualTo("snap-start");
    assertThat(invoke(function, "{}").coldStart()).isFalse();
  }

  @Test
  void jdk_ofTheFunction_comesBeforeThatOfTheLambda() throws Exception {
    LocalFunction function =
        lambda.deploy(
            lambda
                .config("OtherJdk", "echo")
                .java(new JavaInstallation(lambda.taskRoot().resolve("no-java"), 17)),
            FunctionOptions.DEFAULT);
    assertThat(invoke(function, "{}").outcome()).isInstanceOf(Outcome.InitError.class);
  }
}
