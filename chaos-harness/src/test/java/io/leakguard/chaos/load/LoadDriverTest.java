package io.leakguard.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leakguard.chaos.load.LoadPlan.Burst;
import io.leakguard.chaos.load.LoadResult.Counts;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LoadDriverTest {
  private static final List<Path> CLASS_PATH = List.of(Path.of("simulations.jar"));
  private static final String DONE = "done 0 ok=1 failed=0 timedOut=0";

  @TempDir Path folder;

  @Test
  void run_severalPlans_getTheirOwnAnswers() throws Exception {
    FakeJvm jvm = FakeJvm.answering(DONE, "done 0 ok=0 failed=1 timedOut=0");
    try (LoadDriver driver = driver(jvm)) {
      assertThat(driver.run(plan("{}")).targets()).containsExactly(new Counts(1, 0, 0));
      assertThat(driver.run(plan("{}")).targets()).containsExactly(new Counts(0, 1, 0));
    }
    assertThat(jvm.waitFor()).isZero();
    assertThat(jvm.killed()).isFalse();
  }

  @Test
  void run_events_arriveOnePerLineAndAreDeleted() throws Exception {
    BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
    FakeJvm jvm =
        FakeJvm.running(
            (in, out, err) -> {
              seen.add(Files.readAllLines(bodiesOf(in.readLine())));
              out.println(DONE);
              return in.read();
            });
    try (LoadDriver driver = driver(jvm)) {
      driver.run(plan("{\n  \"a\": \"ü\"\r\n}", "{}"));
    }
    assertThat(seen.take()).containsExactly("{   \"a\": \"ü\" }", "{}");
    assertThat(folder).isEmptyDirectory();
  }

  private static Path bodiesOf(String line) {
    String field = line.substring(line.indexOf("bodies=") + "bodies=".length());
    return Path.of(
        URLDecoder.decode(field.substring(0, field.indexOf('&')), StandardCharsets.UTF_8));
  }

  @Test
  void run_afterAnErrorAnswer_goesOn() throws Exception {
    try (LoadDriver driver = driver(FakeJvm.answering("error bad weather", DONE))) {
      assertThatThrownBy(() -> driver.run(plan("{}")))
          .isInstanceOf(LoadException.class)
          .hasMessage("the load could not be sent: bad weather");
      assertThat(driver.run(plan("{}")).targets()).hasSize(1);
    }
  }

  @Test
  void run_jvmEnds_saysHowWithItsLastError() throws Exception {
    FakeJvm jvm =
        FakeJvm.running(
            (in, out, err) -> {
              in.readLine();
              err.println("Error: Could not find or load main class");
              err.println("Caused by: java.lang.ClassNotFoundException");
              err.println();
              return 1;
            });
    String message =
        "the load driver ended with exit code 1: Caused by: java.lang.ClassNotFoundException";
    try (LoadDriver driver = driver(jvm, FakeJvm.answering(DONE))) {
      assertThatThrownBy(() -> driver.run(plan("{}"))).hasMessage(message);
      // Another one serves what follows.
      assertThat(driver.run(plan("{}")).targets()).hasSize(1);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void run_jvmThatHasServedItsRuns_isReplaced() throws Exception {
    FakeJvm first = FakeJvm.answering(DONE, DONE);
    FakeJvm second = FakeJvm.answering("done 0 ok=0 failed=1 timedOut=0");
    try (LoadDriver driver =
        new LoadDriver(CLASS_PATH, folder, inTurn(first, second), Duration.ofSeconds(30), 2)) {
      driver.run(plan("{}"));
      driver.run(plan("{}"));
      assertThat(first.isAlive()).isTrue();
      assertThat(driver.run(plan("{}")).targets()).containsExactly(new Counts(0, 1, 0));
      assertThat(first.isAlive()).isFalse();
      assertThat(second.isAlive()).isTrue();
    }
    assertThat(second.waitFor()).isZero();
    assertThat(first.killed()).isFalse();
  }

  @Test
  void run_largeEvents_getALargerJvmThatServesFewerRuns() throws Exception {
    List<String> heaps = new ArrayList<>();
    FakeJvm small = FakeJvm.answering(DONE);
    Launcher three = inTurn(small, FakeJvm.answering(DONE, DONE), FakeJvm.answering(DONE));
    Launcher launcher =
        command -> {
          heaps.add(command.get(1));
          return three.start(command);
        };
    String large = "\"" + "x".repeat(2 << 20) + "\"";
    try (LoadDriver driver =
        new LoadDriver(CLASS_PATH, folder, launcher, Duration.ofSeconds(30), 14)) {
      driver.run(plan("{}"));
      assertThat(small.isAlive()).isTrue();
      driver.run(plan(large, large));
      driver.run(plan(large, large));
      driver.run(plan("{}"));
    }
    assertThat(heaps).containsExactly("-Xmx192m", "-Xmx224m", "-Xmx224m");
  }

  @Test
  void run_eventsThatAreAllTheSame_areWrittenOnce() throws Exception {
    BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
    FakeJvm jvm =
        FakeJvm.running(
            (in, out, err) -> {
              seen.add(Files.readAllLines(bodiesOf(in.readLine())));
              out.println(DONE);
              return in.read();
            });
    try (LoadDriver driver = driver(jvm)) {
      driver.run(plan("{}", "{}", "{}"));
    }
    assertThat(seen.take()).containsExactly("{}");
  }

  @Test
  void close_whileAJvmIsReplaced_endsTheNewOneToo() throws Exception {
    CountDownLatch replacing = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    FakeJvm first = FakeJvm.answering(DONE);
    FakeJvm second = FakeJvm.answering(DONE);
    Launcher both = inTurn(first, second);
    Launcher launcher =
        command -> {
          Process started = both.start(command);
          if (started == second) {
            replacing.countDown();
            awaitQuietly(closed);
          }
          return started;
        };
    LoadDriver driver = new LoadDriver(CLASS_PATH, folder, launcher, Duration.ofSeconds(30), 1);
    driver.run(plan("{}"));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread runner = new Thread(() -> failure.set(failureOf(driver)));
    runner.start();
    assertThat(replacing.await(30, TimeUnit.SECONDS)).isTrue();
    driver.close();
    closed.countDown();
    runner.join();

    assertThat(failure.get()).hasMessage("the load driver is closed");
    assertThat(second.waitFor()).isZero();
  }

  private static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void run_jvmThatClosesItsOutputWithoutAWord_saysSo() throws Exception {
    FakeJvm jvm = FakeJvm.running((in, out, err) -> in.readLine() == null ? 1 : 3);
    try (LoadDriver driver = driver(jvm)) {
      assertThatThrownBy(() -> driver.run(plan("{}")))
          .isInstanceOf(LoadException.class)
          .hasMessage("the load driver ended with exit code 3");
    }
  }

  @Test
  void run_silentJvm_isKilledAtTheDeadline() throws Exception {
    FakeJvm jvm =
        FakeJvm.running(
            (in, out, err) -> {
              err.println("still thinking");
              while (in.readLine() != null) {
                out.flush();
              }
              return 0;
            });
    Launcher launcher = command -> jvm;
    try (LoadDriver driver =
        new LoadDriver(CLASS_PATH, folder, launcher, Duration.ofMillis(200), 300)) {
      assertThatThrownBy(() -> driver.run(plan("{}")))
          .isInstanceOf(LoadException.class)
          .hasMessage("the load driver gave no answer within 201 ms: still thinking");
      assertThat(jvm.killed()).isTrue();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void close_duringARun_endsIt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    FakeJvm jvm =
        FakeJvm.running(
            (in, out, err) -> {
              in.readLine();
              asked.countDown();
              return in.readLine() == null ? 0 : 99;
            });
    LoadDriver driver = driver(jvm);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread runner = new Thread(() -> failure.set(failureOf(driver)));
    runner.start();
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    driver.close();
    runner.join();

    assertThat(failure.get()).hasMessage("the load driver ended with exit code 0");
  }

  @Test
  void run_interrupted_closesTheDriver() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    FakeJvm jvm =
        FakeJvm.running(
            (in, out, err) -> {
              in.readLine();
              asked.countDown();
              return in.readLine() == null ? 0 : 99;
            });
    LoadDriver driver = driver(jvm);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread runner = new Thread(() -> failure.set(failureOf(driver)));
    runner.start();
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    runner.interrupt();
    runner.join();

    assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    assertThat(jvm.waitFor()).isZero();
    await().untilAsserted(() -> assertThat(folder).isEmptyDirectory());
  }

  private Throwable failureOf(LoadDriver driver) {
    try {
      driver.run(plan("{}"));
      return null;
    } catch (LoadException | InterruptedException e) {
      return e;
    }
  }

  @Test
  void close_twice_isHarmless() throws Exception {
    LoadDriver driver = driver(FakeJvm.answering());
    driver.close();
    driver.close();

    assertThatThrownBy(() -> driver.run(plan("{}")))
        .isInstanceOf(LoadException.class)
        .hasMessage("the load driver is closed");
  }

  @Test
  void start_launcherFails_saysWhy() {
    Launcher launcher =
        command -> {
          throw new IOException("no more processes");
        };

    assertThatThrownBy(() -> new LoadDriver(CLASS_PATH, folder, launcher))
        .isInstanceOf(LoadException.class)
        .hasMessage("the load driver did not start: no more processes");
  }

  @Test
  void start_noClassPath_isRefused() {
    assertThatThrownBy(() -> new LoadDriver(List.of(), folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("classPath must be at least one jar, was '[]'");
  }

  @Test
  void start_realJvmWithoutTheDriver_isToldApart() throws Exception {
    try (LoadDriver driver = new LoadDriver(CLASS_PATH, folder)) {
      assertThatThrownBy(() -> driver.run(plan("{}")))
          .isInstanceOf(LoadException.class)
          .hasMessageStartingWith("the load driver ended with exit code 1: ")
          .hasMessageContaining("io.leakguard.load.Driver");
    }
  }

  private LoadDriver driver(FakeJvm... jvms) throws LoadException {
    return new LoadDriver(CLASS_PATH, folder, inTurn(jvms));
  }

  private static Launcher inTurn(FakeJvm... jvms) {
    Queue<FakeJvm> left = new ArrayDeque<>(List.of(jvms));
    return command -> left.remove();
  }

  private static LoadPlan plan(String... bodies) {
    return new Burst(
        List.of(URI.create("http://127.0.0.1:1/")), 1, List.of(bodies), Duration.ofMillis(1));
  }
}
