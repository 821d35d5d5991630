package io.leakguard.chaos.lambda;

import static io.leakguard.chaos.lambda.TestLambda.invoke;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FreezeTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static TestLambda lambda;

  @BeforeAll
  static void start() {
    lambda = new TestLambda();
  }

  @AfterAll
  static void stop() {
    lambda.close();
  }

  private static LocalFunction deploy(String name, String method, Freeze freeze) {
    return lambda.deploy(lambda.config(name, method), FunctionOptions.DEFAULT.withFreeze(freeze));
  }

  private static char state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return '-';
    }
  }

  @Test
  void afterIdle_stopsTheProcessAndTheNextEventThawsIt() throws Exception {
    LocalFunction count = deploy("Count", "count", Freeze.AFTER_IDLE);
    assertThat(count.awaitFrozen(Duration.ZERO)).isFalse();
    assertThat(invoke(count, "{}").outcome().body()).hasToString("1");
    assertThat(count.awaitFrozen(LONG)).isTrue();
    long pid = count.environments().get(0).pid();
    assertThat(state(pid)).isEqualTo('T');

    assertThat(invoke(count, "{}").outcome().body()).hasToString("2");

    assertThat(count.environments().get(0).pid()).isEqualTo(pid);
    assertThat(count.awaitFrozen(LONG)).isTrue();
  }

  @Test
  void atOnce_manyCycles_allAreAnswered() throws Exception {
    LocalFunction count = deploy("CountAtOnce", "count", Freeze.AT_ONCE);
    for (int i = 1; i <= 100; i++) {
      assertThat(invoke(count, "{}").outcome().body()).hasToString(Integer.toString(i));
    }
    assertThat(count.awaitFrozen(LONG)).isTrue();
  }

  @Test
  void setFreeze_takesEffectOnIdleEnvironments() throws Exception {
    LocalFunction echo = deploy("Changed", "echo", Freeze.NEVER);
    invoke(echo, "{}");
    assertThat(echo.awaitIdle(LONG)).isTrue();
    long pid = echo.environments().get(0).pid();
    assertThat(state(pid)).isNotEqualTo('T');
    echo.setFreeze(Freeze.AT_ONCE);
    assertThat(echo.awaitFrozen(LONG)).isTrue();
    echo.setFreeze(Freeze.NEVER);
    await().until(() -> state(pid) != 'T');
  }

  @Test
  void idleObserver_seesARunningProcessBeforeItIsFrozenAndBeforeTheNextEvent() throws Exception {
    LocalFunction sleep = deploy("Observed", "sleep", Freeze.AT_ONCE);
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<String> seen = new CopyOnWriteArrayList<>();
    sleep.setIdleObserver(
        (environment, invocations) -> {
          if (invocations == 1) {
            looking.countDown();
            awaitLatch(goOn);
          }
          seen.add(invocations + " " + (state(environment.pid()) != 'T'));
        });
    InvocationRecord first = invoke(sleep, "{\"millis\":0}");
    assertThat(looking.await(10, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<InvocationRecord> second = sleep.invoke("{\"millis\":0}");
    assertThat(sleep.awaitIdle(Duration.ofMillis(50))).isFalse();
    assertThat(second).isNotDone();
    goOn.countDown();
    assertThat(second.get(10, TimeUnit.SECONDS).environment()).isEqualTo(first.environment());
    assertThat(sleep.awaitFrozen(LONG)).isTrue();
    assertThat(seen).containsExactly("0 true", "1 true", "2 true");
  }

  @Test
  void idleObserver_thatThrows_doesNotHoldTheEnvironment() throws Exception {
    LocalFunction echo = deploy("BadObserver", "echo", Freeze.AFTER_IDLE);
    echo.setIdleObserver(
        (environment, invocations) -> {
          throw new IllegalStateException("a fault of the observer's own");
        });
    assertThat(invoke(echo, "{}").outcome()).isInstanceOf(Outcome.Succeeded.class);
    assertThat(echo.awaitIdle(LONG)).isTrue();
  }

  @Test
  void kill_whileFrozen_isNoticed() throws Exception {
    LocalFunction echo = deploy("KilledFrozen", "echo", Freeze.AT_ONCE);
    invoke(echo, "{}");
    assertThat(echo.awaitFrozen(LONG)).isTrue();
    ProcessHandle.of(echo.environments().get(0).pid()).orElseThrow().destroyForcibly();
    await().until(() -> echo.environments().isEmpty());
    await().until(() -> !lambda.recorder().ends(echo).isEmpty());
    assertThat(lambda.recorder().ends(echo).get(0).status()).isEqualTo(137);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
