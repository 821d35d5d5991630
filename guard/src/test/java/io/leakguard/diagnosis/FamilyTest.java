package io.leakguard.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyTest {
  static ThreadFacts facts(String name, String... frames) {
    List<StackTraceElement> stack =
        Arrays.stream(frames)
            .map(f -> f.split("#", -1))
            .map(f -> new StackTraceElement(f[0], f[1], "File.java", 7))
            .toList();
    return new ThreadFacts(name, "main", Thread.State.WAITING, stack);
  }

  @ParameterizedTest
  @CsvSource({
    "pool-3-thread-17,pool-N-thread-N",
    "order-writer,order-writer",
    "sdk-async-response-1-0,sdk-async-response-N-N",
    "HttpClient-2-SelectorManager,HttpClient-N-SelectorManager",
    "conn-3f2a9b1c,conn-N",
    "job-123e4567-e89b-12d3-a456-426614174000,job-N",
    "http2-reader,httpN-reader",
    "process reaper (pid 4711),process reaper (pid N)",
    "deadbeef,deadbeef"
  })
  void name_numbersAndIds_areTakenOut(String name, String family) {
    assertThat(Family.of(facts(name)).name()).isEqualTo(family);
  }

  @Test
  void name_longNameWithANumber_isOneFamilyWhateverItsDigits() {
    String tail = "x".repeat(1_000);

    assertThat(Family.of(facts("writer-9" + tail)))
        .isEqualTo(Family.of(facts("writer-100" + tail)));
  }

  @Test
  void frame_waiting_isLeftOut() {
    Family family =
        Family.of(
            facts(
                "t",
                "jdk.internal.misc.Unsafe#park",
                "java.util.concurrent.locks.LockSupport#park",
                "java.util.concurrent.LinkedBlockingQueue#take",
                "java.util.concurrent.ThreadPoolExecutor#getTask",
                "java.util.concurrent.ThreadPoolExecutor#runWorker"));

    assertThat(family.frame()).isEqualTo("java.util.concurrent.ThreadPoolExecutor.getTask");
  }

  @Test
  void frame_allWaiting_isTheTop() {
    assertThat(Family.of(facts("t", "java.lang.Object#wait", "java.lang.Thread#join")).frame())
        .isEqualTo("java.lang.Object.wait");
  }

  @Test
  void frame_allWaiting_isWhatCalledTheWaiting_onEveryJdk() {
    Family on17 =
        Family.of(
            facts(
                "w",
                "sun.nio.fs.LinuxWatchService#poll",
                "sun.nio.fs.LinuxWatchService$Poller#run",
                "java.lang.Thread#run"));
    Family on25 =
        Family.of(
            facts(
                "w",
                "sun.nio.fs.LinuxWatchService#poll",
                "sun.nio.fs.LinuxWatchService$Poller#run",
                "java.lang.Thread#run",
                "jdk.internal.misc.InnocuousThread#run"));

    assertThat(on25).isEqualTo(on17);
    assertThat(on17.frame()).isEqualTo("sun.nio.fs.LinuxWatchService$Poller.run");
  }

  @Test
  void frame_workerThatDidNotParkYet_isThatOfAParkedOne() {
    String pool = "java.util.concurrent.ThreadPoolExecutor";
    String forkJoin = "java.util.concurrent.ForkJoinPool";
    Fingerprint parked =
        Fingerprint.of(
            facts("w", "jdk.internal.misc.Unsafe#park", pool + "#getTask", pool + "#runWorker"));

    assertThat(Fingerprint.of(facts("w", pool + "#runWorker"))).isEqualTo(parked);
    assertThat(Fingerprint.of(facts("w", pool + "$Worker#run"))).isEqualTo(parked);
    assertThat(Family.of(facts("w", forkJoin + "#scan", forkJoin + "#runWorker")))
        .isEqualTo(Family.of(facts("w", "jdk.internal.misc.Unsafe#park", forkJoin + "#awaitWork")));
  }

  @Test
  void frame_methodReference_isWhatRunsIt_whetherTheJvmShowsItsClassOrNot() {
    Family shown =
        Family.of(
            facts(
                "w",
                "java.util.concurrent.CountDownLatch#await",
                "com.acme.A$$Lambda$14/0x00007f1#run",
                "java.util.concurrent.FutureTask#run"));
    Family hidden =
        Family.of(
            facts(
                "w",
                "java.util.concurrent.CountDownLatch#await",
                "java.util.concurrent.FutureTask#run"));

    assertThat(shown).isEqualTo(hidden);
    assertThat(hidden.frame()).isEqualTo("java.util.concurrent.FutureTask.run");
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.A$$Enhancer$$9f1a2c3d,com.acme.A$$Enhancer$$.run",
    "com.acme.A$$Enhancer$$0,com.acme.A$$Enhancer$$.run",
    "com.acme.A/0x00007f12,com.acme.A.run",
    "jdk.proxy2.$Proxy17,jdk.proxy.$Proxy.run",
    "com.acme.Base64,com.acme.Base64.run"
  })
  void frame_generatedClass_hasNoNumber(String className, String expected) {
    assertThat(Frames.stableName(new StackTraceElement(className, "run", null, 1)))
        .isEqualTo(expected);
  }

  @Test
  void frame_none_isEmpty() {
    assertThat(Family.of(facts("t")).frame()).isEmpty();
  }

  @Test
  void frame_compilerNumbers_areTakenOut() {
    assertThat(Family.of(facts("t", "com.acme.Orders$2#lambda$price$14")).frame())
        .isEqualTo("com.acme.Orders$.lambda$price$");
    assertThat(Family.of(facts("t", "com.acme.Http2Client#read")).frame())
        .isEqualTo("com.acme.Http2Client.read");
  }

  @Test
  void fingerprint_restartAndDeploy_keepIt() {
    Fingerprint before =
        Fingerprint.of(
            facts(
                "worker-1",
                "java.lang.Thread#sleep",
                "com.acme.Orders#lambda$price$0",
                "com.acme.Orders$$Lambda$14/0x00007f1#run"));
    Fingerprint after =
        Fingerprint.of(
            facts(
                "worker-31",
                "java.lang.Thread#sleepNanos0",
                "java.lang.Thread#sleep",
                "com.acme.Orders#lambda$price$3",
                "com.acme.Orders$$Lambda/0x0000000089#run"));

    assertThat(after).isEqualTo(before);
    assertThat(before.value()).matches("[0-9a-f]{12}").hasToString(before.toString());
  }

  @Test
  void fingerprint_otherCode_isAnother() {
    Fingerprint one = Fingerprint.of(facts("w-1", "java.lang.Thread#sleep", "com.acme.A#run"));
    Fingerprint two = Fingerprint.of(facts("w-1", "java.lang.Thread#sleep", "com.acme.B#run"));
    Fingerprint three = Fingerprint.of(facts("v-1", "java.lang.Thread#sleep", "com.acme.A#run"));

    assertThat(List.of(one, two, three)).doesNotHaveDuplicates();
  }

  @Test
  void snippet_long_keepsTheCodeThatWaits() {
    String[] frames = new String[40];
    for (int i = 0; i < 40; i++) {
      frames[i] = i < 10 ? "sun.nio.ch.Net#poll" + i : "com.acme.Orders#step" + i;
    }

    List<String> lines = StackSnippet.of(facts("t", frames).frames(), 16);

    assertThat(lines).hasSize(16);
    assertThat(lines.get(0)).startsWith("sun.nio.ch.Net.poll0(");
    assertThat(lines.get(1)).startsWith("sun.nio.ch.Net.poll9(");
    assertThat(lines.get(2)).isEqualTo("com.acme.Orders.step10(File.java:7)");
  }

  @Test
  void snippet_shortAllWaitingOrEmpty_isWhole() {
    assertThat(StackSnippet.of(List.of(), 16)).isEmpty();
    assertThat(StackSnippet.of(facts("t", "java.lang.Object#wait", "a.B#c").frames(), 16))
        .containsExactly("java.lang.Object.wait(File.java:7)", "a.B.c(File.java:7)");
    assertThat(StackSnippet.of(facts("t", "java.lang.Object#wait").frames(), 1)).hasSize(1);
  }

  @Test
  void snippet_hostileFrame_breaksNoLine() {
    StackTraceElement frame = new StackTraceElement("a\nB", "c\r", null, -1);

    assertThat(StackSnippet.of(List.of(frame), 16)).containsExactly("a?B.c?");
  }

  @ParameterizedTest
  @CsvSource({"plain,10,plain", "toolong,4,too…", "'',5,''", "ab,2,ab"})
  void safeText_limit_cuts(String text, int limit, String expected) {
    assertThat(SafeText.of(text, limit)).isEqualTo(expected);
  }

  @Test
  void safeText_unsafe_isReplaced() {
    assertThat(SafeText.of("a\n\t\u001b\u0000\u2028\u202e\ud800b", 50)).isEqualTo("a???????b");
    assertThat(SafeText.of("ä😀字", 50)).isEqualTo("ä😀字");
    assertThat(SafeText.of("😀😀", 3)).isEqualTo("😀…");
    assertThat(SafeText.of(null, 3)).isEmpty();
  }
}
