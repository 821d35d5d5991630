package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real descriptors of this JVM. */
class DescriptorsTest {
  @TempDir Path directory;
  private final Descriptors descriptors = new Descriptors();

  @BeforeEach
  void needsProc() {
    assumeThat(new File("/proc/self/fd")).isDirectory();
  }

  private DescriptorTally.Kind kind(String key) {
    return descriptors.tally().kinds().getOrDefault(key, new DescriptorTally.Kind(0, 0, ""));
  }

  @Test
  void count_withoutProc_isUnknown() {
    Descriptors nowhere = new Descriptors(new File("/nowhere/at/all"));
    assertThat(nowhere.count()).isEqualTo(-1);
    assertThat(nowhere.count()).isEqualTo(-1);
  }

  @Test
  void count_afterAFileWasOpened_isOneMore() throws IOException {
    int before = descriptors.count();
    try (OpenThings things = new OpenThings()) {
      int withServer = descriptors.count();
      things.file(directory.resolve("a"));
      assertThat(descriptors.count() - withServer).isEqualTo(1);
      assertThat(withServer - before).isEqualTo(1);
    }
    assertThat(descriptors.count()).isEqualTo(before);
  }

  @Test
  void tally_tellsFreshFromOld() throws IOException {
    try (OpenThings things = new OpenThings()) {
      things.file(directory.resolve("report-1.csv"));
      descriptors.count();
      things.file(directory.resolve("report-2.csv"));
      things.file(directory.resolve("report-30.csv"));
      descriptors.count();
      String key = DescriptorTally.key(directory.resolve("report-1.csv").toString());
      assertThat(key).endsWith("/report-N.csv");
      DescriptorTally.Kind kind = kind(key);
      assertThat(kind.level()).isEqualTo(3);
      assertThat(kind.fresh()).isEqualTo(2);
      assertThat(kind.example()).contains("/report-");
    }
  }

  @Test
  void tally_filesWithoutAFamily_areTakenByDirectory() throws IOException {
    try (OpenThings things = new OpenThings()) {
      things.file(directory.resolve("anna"));
      things.file(directory.resolve("bert"));
      descriptors.count();
      String file = DescriptorTally.key(directory.resolve("anna").toString());
      String in = "files in " + file.substring("file ".length(), file.length() - "anna".length());
      assertThat(kind(in).level()).isEqualTo(2);
    }
  }

  @Test
  void tally_knowsPipesSelectorsAndSockets() throws IOException {
    descriptors.count();
    int pipes = kind("pipe").level();
    int polls = kind("anon_inode eventpoll").level();
    int sockets = kind("socket").level();
    try (OpenThings things = new OpenThings()) {
      things.pipe();
      things.selector();
      things.connection();
      descriptors.count();
      assertThat(kind("pipe").level()).isGreaterThanOrEqualTo(pipes + 2);
      assertThat(kind("anon_inode eventpoll").level()).isEqualTo(polls + 1);
      assertThat(kind("socket").level()).isEqualTo(sockets + 3);
    }
  }

  @Test
  void tally_leavesOutWhatTheLookItselfOpens() {
    descriptors.count();
    assertThat(descriptors.tally().kinds().keySet()).noneMatch(key -> key.contains("/proc"));
  }

  @ParameterizedTest
  @CsvSource({
    "socket:[4711],socket",
    "pipe:[4711],pipe",
    "anon_inode:[eventpoll],anon_inode eventpoll",
    "anon_inode:inotify,anon_inode inotify",
    "/tmp/upload-123e4567-e89b-12d3-a456-426614174000.bin,file /tmp/upload-N.bin",
    "/tmp/upload-123e4567-e89b-12d3-abcd-426614174000x,file /tmp/upload-N-N-N-abcd-Nx",
    "/tmp/deadbeef/3f2a9b1c/x2y10.log,file /tmp/deadbeef/N/xNyN.log",
    "/tmp/report-12.csv (deleted),file /tmp/report-N.csv",
    "/var/task/lib/thing-1.2.3.jar,file /var/task/lib/thing-1.2.3.jar",
    "net:[4026531840],net",
  })
  void key_isWhatOneBugHasInCommon(String target, String key) {
    assertThat(DescriptorTally.key(target)).isEqualTo(key);
  }

  @Test
  void key_hostilePath_staysOneLine() {
    assertThat(DescriptorTally.key("/tmp/a\nb\u001b[31m" + "x".repeat(5_000)))
        .doesNotContain("\n", "\u001b")
        .hasSizeLessThan(210);
  }
}
