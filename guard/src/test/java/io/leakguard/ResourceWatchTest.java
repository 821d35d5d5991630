package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invocations that leave real descriptors, tasks and buffers behind. */
class ResourceWatchTest {
  /** What one invocation does. */
  private interface Handler {
    void run(int invocation) throws IOException;
  }

  @TempDir Path directory;
  private final FakeHost host = new FakeHost();
  private final ResourceWatch watch = new ResourceWatch();
  private final List<ResourceNews> news = new ArrayList<>();
  private int invocation;

  @BeforeEach
  void needsProc() {
    assumeThat(new File("/proc/self/fd")).isDirectory();
  }

  private void invoke(int times, Handler handler) throws IOException {
    for (int i = 0; i < times; i++) {
      handler.run(++invocation);
      news.addAll(watch.end(invocation, true, false, host));
    }
  }

  private List<ResourceNews> confirmed() {
    return news.stream().filter(n -> n.verdict() == Verdict.GROWING).toList();
  }

  private ResourceNews leak() {
    assertThat(confirmed()).as("%s", news).isNotEmpty();
    assertThat(confirmed()).extracting(ResourceNews::key).containsOnly(confirmed().get(0).key());
    return confirmed().get(0);
  }

  @Test
  void nothingLeft_isNoNews() throws IOException {
    invoke(1_000, i -> {});
    assertThat(confirmed()).isEmpty();
    assertThat(watch.descriptors()).isPositive();
  }

  @Test
  void closedByPeer_isConfirmedInTheFifth_andSaysWhatToDo() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(5, i -> things.closedByPeer());
      ResourceNews leak = leak();
      assertThat(leak.kind()).isEqualTo("socket");
      assertThat(leak.key()).isEqualTo("socket CLOSE_WAIT to :" + things.port());
      assertThat(leak.detail()).startsWith("4 CLOSE_WAIT 127.0.0.1:" + things.port());
      assertThat(leak.perInvocation()).isEqualTo(1);
      assertThat(leak.fingerprint()).matches("[0-9a-f]{12}");
      assertThat(leak.diagnosis().cause())
          .isEqualTo("the peer has closed and the function has not");
      assertThat(leak.diagnosis().fix()).isEqualTo("close the response or the client in finally");
      assertThat(leak.invocationsLeft(24)).hasValue(1_000);
    }
  }

  @Test
  void connection_isConfirmedOnceItHasOutgrownAnyPool_apartFromThePeersEnd() throws IOException {
    try (OpenThings things = new OpenThings()) {
      // Each is two descriptors, since both ends are in this process.
      invoke(26, i -> things.connection());
      assertThat(confirmed()).isEmpty();
      assertThat(news).extracting(ResourceNews::verdict).containsExactly(Verdict.ESCAPED);
      invoke(1, i -> things.connection());
      assertThat(leak().key()).startsWith("socket ESTABLISHED ").endsWith(":" + things.port());
      assertThat(leak().detail()).contains("4 ESTABLISHED 127.0.0.1:" + things.port());
      assertThat(leak().diagnosis().kind()).isEqualTo("socket-open");
    }
  }

  @Test
  void connectionInEveryTenth_isConfirmedWithinSixty() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(60, i -> connectionEachTenth(things, i));
      assertThat(leak().kind()).isEqualTo("socket");
    }
  }

  private static void connectionEachTenth(OpenThings things, int i) throws IOException {
    if (i % 10 == 1) {
      things.connection();
    }
  }

  @Test
  void poolOfConnectionsThatWarmsUp_isBounded() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(20, i -> things.connection());
      invoke(100, i -> {});
      assertThat(confirmed()).isEmpty();
      assertThat(news)
          .extracting(ResourceNews::verdict)
          .containsExactly(Verdict.ESCAPED, Verdict.BOUNDED);
    }
  }

  @Test
  void closedByPeer_whileAPoolWarmsUp_isConfirmedByTheNextReadingOfTheTables() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(7, i -> things.connection());
      assertThat(confirmed()).isEmpty();
      // Read at the fourth, eighth and sixteenth rise.
      invoke(10, i -> things.closedByPeer());
      assertThat(leak().key()).startsWith("socket CLOSE_WAIT");
    }
  }

  @Test
  void listening_isConfirmedInTheFifth() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(5, i -> things.listener());
      assertThat(leak().diagnosis().kind()).isEqualTo("socket-listening");
    }
  }

  @Test
  void file_isConfirmedInTheFifth_byItsFamily() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(5, i -> things.file(directory.resolve("report-" + i + ".csv")));
      assertThat(leak().kind()).isEqualTo("descriptor");
      assertThat(leak().key()).startsWith("file /").endsWith("/report-N.csv");
      assertThat(leak().detail()).contains("/report-");
      assertThat(leak().diagnosis().sentence())
          .isEqualTo(
              "open files: a stream, channel or directory listing is opened and not closed;"
                  + " open it in try-with-resources");
      assertThat(leak().diagnosis().kind()).isEqualTo("file-open");
    }
  }

  @Test
  void filesWithoutAFamily_areConfirmedByDirectory() throws IOException {
    String[] names = {"anna", "bert", "cleo", "dora", "emil"};
    try (OpenThings things = new OpenThings()) {
      invoke(5, i -> things.file(directory.resolve(names[i - 1])));
      assertThat(leak().key()).startsWith("files in /");
    }
  }

  @Test
  void archives_eachOpenedOnce_areNoLeak() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(30, i -> things.file(directory.resolve("lib-" + i + ".jar")));
      assertThat(confirmed()).isEmpty();
    }
  }

  @Test
  void pipe_isConfirmedInTheFifth() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(5, i -> things.pipe());
      assertThat(confirmed()).extracting(ResourceNews::key).containsExactly("pipe");
      assertThat(leak().perInvocation()).isEqualTo(2);
    }
  }

  @Test
  void selector_isConfirmedInTheFifth() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(5, i -> things.selector());
      assertThat(confirmed())
          .extracting(ResourceNews::diagnosis)
          .extracting(ResourceDiagnosis::kind)
          .isNotEmpty()
          .containsOnly("selector-open");
    }
  }

  @Test
  void leakInEveryTenth_isConfirmedWithinSixty() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(60, i -> fileEachTenth(things, i));
      assertThat(leak().perInvocation()).isBetween(0.05, 0.15);
    }
  }

  private void fileEachTenth(OpenThings things, int i) throws IOException {
    if (i % 10 == 0) {
      things.file(directory.resolve("part-" + i));
    }
  }

  @Test
  void leakThatBeginsLate_isConfirmedSoonAfterTheNextLook() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(1_000, i -> {});
      invoke(80, i -> things.file(directory.resolve("part-" + i)));
      assertThat(leak().key()).endsWith("/part-N");
    }
  }

  @Test
  void poolThatWarmsUpInThree_isAtMostASuspect() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(3, i -> things.connection());
      invoke(100, i -> {});
      assertThat(confirmed()).isEmpty();
    }
  }

  @Test
  void poolOfThreadsThatGrows_explainsItsConnections() throws IOException {
    try (OpenThings things = new OpenThings()) {
      for (int i = 1; i <= 50; i++) {
        things.connection();
        news.addAll(watch.end(i, true, true, host));
      }
      assertThat(confirmed()).isEmpty();
    }
  }

  @Test
  void leakThatIsClosed_hasRecovered() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(10, i -> things.closedByPeer());
    }
    String fingerprint = leak().fingerprint();
    invoke(1, i -> {});
    ResourceNews last = news.get(news.size() - 1);
    assertThat(last.verdict()).isEqualTo(Verdict.RECOVERED);
    assertThat(last.fingerprint()).isEqualTo(fingerprint);
  }

  @Test
  void leakThatStops_isBounded() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(5, i -> things.file(directory.resolve("part-" + i)));
      String fingerprint = leak().fingerprint();
      invoke(200, i -> {});
      ResourceNews last = news.get(news.size() - 1);
      assertThat(last.verdict()).isEqualTo(Verdict.BOUNDED);
      assertThat(last.fingerprint()).isEqualTo(fingerprint);
      assertThat(last.level()).isEqualTo(5);
    }
  }

  @Test
  void leakThatGoesOn_isToldAgainOnlyAsItDoubles() throws IOException {
    try (OpenThings things = new OpenThings()) {
      invoke(60, i -> things.file(directory.resolve("part-" + i)));
      assertThat(confirmed()).hasSizeBetween(2, 5);
      assertThat(confirmed())
          .extracting(ResourceNews::fingerprint)
          .containsOnly(leak().fingerprint());
    }
  }

  @Test
  void otherInvocationsAtWork_putTheLookOff() {
    for (int i = 1; i < 8; i++) {
      watch.end(i, false, false, host);
    }
    assertThat(watch.descriptors()).isEqualTo(-1);
    watch.end(8, false, false, host);
    assertThat(watch.descriptors()).isPositive();
  }

  @Test
  void backlog_ofBlockedCommonPool_isConfirmed() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    ForkJoinPool pool = ForkJoinPool.commonPool();
    try {
      watch.commonPoolSeen();
      for (int i = 0; i < pool.getParallelism(); i++) {
        pool.execute(() -> await(end));
      }
      invoke(12, i -> pool.execute(() -> await(end)));
      assertThat(leak().kind()).isEqualTo("backlog");
      assertThat(leak().invocationsLeft(24)).isEmpty();
    } finally {
      end.countDown();
    }
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void directMemory_isConfirmedByTwiceAsManyRises() throws IOException {
    List<ByteBuffer> kept = new ArrayList<>();
    watch.managementLoaded();
    invoke(5, i -> kept.add(ByteBuffer.allocateDirect(2 << 20)));
    assertThat(confirmed()).isEmpty();
    invoke(10, i -> kept.add(ByteBuffer.allocateDirect(2 << 20)));
    assertThat(leak().kind()).isEqualTo("memory");
    assertThat(leak().perInvocation()).isEqualTo(2);
    assertThat(kept).hasSize(15);
  }

  @Test
  void withoutProc_nothingIsKnownAndNothingHappens() {
    ResourceWatch blind =
        new ResourceWatch(new Descriptors(new File("/nowhere/at/all")), "/nowhere/at/all");
    for (int i = 1; i <= 100; i++) {
      assertThat(blind.end(i, true, false, host)).isEmpty();
    }
    assertThat(blind.descriptors()).isEqualTo(-1);
  }
}
