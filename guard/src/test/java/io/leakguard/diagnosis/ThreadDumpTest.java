package io.leakguard.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Many threads on few lines. */
class ThreadDumpTest {
  private static List<ThreadFacts> workers(int count) {
    List<ThreadFacts> facts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      facts.add(
          FamilyTest.facts(
              "pool-" + i + "-thread-1",
              "jdk.internal.misc.Unsafe#park",
              "java.util.concurrent.ThreadPoolExecutor#getTask",
              "java.lang.Thread#run"));
    }
    return facts;
  }

  @Test
  void of_groups_largestFirst() {
    List<ThreadFacts> facts = new ArrayList<>();
    facts.add(FamilyTest.facts("sleeper", "java.lang.Thread#sleep", "com.acme.A#run"));
    facts.addAll(workers(7));

    assertThat(ThreadDump.of(facts, 10, 2))
        .isEqualTo(
            """
            8 threads in 2 groups
            7 x pool-N-thread-N, WAITING, idle worker of a pool
              pool-1-thread-1, pool-2-thread-1, pool-3-thread-1, pool-4-thread-1, pool-5-thread-1 \
            and 2 more
                at jdk.internal.misc.Unsafe.park(File.java:7)
                at java.util.concurrent.ThreadPoolExecutor.getTask(File.java:7)
            1 x sleeper, WAITING, sleeping
              sleeper
                at java.lang.Thread.sleep(File.java:7)
                at com.acme.A.run(File.java:7)
            """);
  }

  @Test
  void of_moreGroupsThanAsked_saysHowManyAreLeftOut() {
    List<ThreadFacts> facts = new ArrayList<>(workers(3));
    facts.add(FamilyTest.facts("a", "com.acme.A#run"));
    facts.add(FamilyTest.facts("b", "com.acme.B#run"));

    assertThat(ThreadDump.of(facts, 1, 1))
        .startsWith("5 threads in 3 groups\n3 x pool-N-thread-N")
        .endsWith("2 more threads in 2 more groups\n");
  }

  @Test
  void of_otherLinesOrState_areTheSameAndAnotherGroup() {
    StackTraceElement line1 = new StackTraceElement("com.acme.A", "run", "A.java", 1);
    StackTraceElement line2 = new StackTraceElement("com.acme.A", "run", "A.java", 2);
    List<ThreadFacts> facts =
        List.of(
            new ThreadFacts("a", "main", Thread.State.RUNNABLE, List.of(line1)),
            new ThreadFacts("a", "main", Thread.State.RUNNABLE, List.of(line2)),
            new ThreadFacts("a", "main", Thread.State.BLOCKED, List.of(line2)));

    assertThat(ThreadDump.of(facts, 9, 9))
        .startsWith("3 threads in 2 groups\n2 x a, RUNNABLE, running code\n");
  }

  @Test
  void of_hostileNamesInLargeNumbers_staysBoundedAndOnItsLines() {
    List<ThreadFacts> facts = new ArrayList<>();
    String[] frames = new String[500];
    for (int i = 0; i < 500; i++) {
      frames[i] = "com.acme.\nA" + "x".repeat(i) + "#run\u2028";
    }
    for (int i = 0; i < 500; i++) {
      String letters = "" + (char) ('a' + i % 26) + (char) ('a' + i / 26);
      facts.add(FamilyTest.facts("字\n" + letters + "😀".repeat(10_000), frames));
    }

    String dump = ThreadDump.of(facts, 1_000, 64);

    assertThat(dump.getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(ThreadDump.MOST_BYTES / 2, ThreadDump.MOST_BYTES);
    assertThat(dump.lines().count()).isEqualTo(dump.split("\n", -1).length - 1);
    assertThat(dump.lines().skip(1))
        .allMatch(line -> line.matches("1 x .*|  字.*|    at .*|\\d+ more threads .*"));
    assertThat(dump).endsWith(" more groups\n");
  }

  @Test
  void of_liveThreads() throws Exception {
    try (StuckThread stuck = StuckThread.start(() -> new CountDownLatch(1).await())) {
      stuck.diagnosis("latch");
      Thread thread = stuck.thread();

      assertThat(ThreadDump.of(Map.of(thread, thread.getStackTrace()), 5, 5))
          .startsWith("1 threads in 1 groups\n1 x stuck, WAITING, waiting for a latch")
          .contains("StuckThread");
      assertThat(ThreadDump.of(Map.of(), 5, 5)).isEqualTo("0 threads in 0 groups\n");
    }
  }
}
