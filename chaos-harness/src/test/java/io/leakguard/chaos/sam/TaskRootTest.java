package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRootTest {
  @TempDir Path folder;
  private Path task;

  @BeforeEach
  void nameTaskRoot() {
    task = folder.resolve("deep/task");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/tmp/evil-entry", "..", "lib/../../task2/x"})
  void unpack_entryThatLeadsOut_isRefused(String entry) {
    Path archive = ArtifactFiles.archive(folder.resolve("x.zip"), entry);

    assertThatThrownBy(() -> TaskRoot.at(task).unpack(archive))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessage(
            archive
                + ": the entry '"
                + entry
                + "' would be written outside the function's folder\n"
                + "nothing more of it was unpacked");
    assertThat(ArtifactFiles.below(folder)).containsExactly("x.zip");
    assertThat(Path.of("/tmp/evil-entry")).doesNotExist();
  }

  @Test
  void unpack_entryWithInnerDots_staysInside() {
    Path archive = ArtifactFiles.archive(folder.resolve("x.zip"), "a/../b.txt", "c..d/e");

    TaskRoot.at(task).unpack(archive);

    assertThat(ArtifactFiles.below(task)).containsExactly("b.txt", "c..d/e");
  }

  @Test
  void unpack_damagedArchive_isTold() throws Exception {
    Path archive = ArtifactFiles.archive(folder.resolve("x.zip"), "a.txt");
    try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }

    assertThatThrownBy(() -> TaskRoot.at(task).unpack(archive))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessageStartingWith(archive + " cannot be unpacked: ");
  }

  @Test
  void addFolder_largerThanLambdaTakes_isRefused() throws Exception {
    Path source = Files.createDirectories(folder.resolve("source"));
    try (RandomAccessFile sparse = new RandomAccessFile(source.resolve("a.bin").toFile(), "rw")) {
      sparse.setLength(250L * 1024 * 1024 + 1);
    }

    assertThatThrownBy(() -> TaskRoot.at(task).addFolder(source))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessage(source + " is larger than 250 MB unpacked, the most that Lambda accepts");
  }

  @Test
  void addFolder_linkToFileInside_isCopied() throws Exception {
    Path source = folder.resolve("source");
    ArtifactFiles.file(source.resolve("a/real.txt"));
    Files.createSymbolicLink(source.resolve("link.txt"), Path.of("a/real.txt"));

    TaskRoot.at(task).addFolder(source);

    assertThat(task.resolve("link.txt")).isRegularFile().hasContent("real.txt");
    assertThat(Files.isSymbolicLink(task.resolve("link.txt"))).isFalse();
  }

  @Test
  void addFolder_linkToFileOutside_isRefused() throws Exception {
    Path source = folder.resolve("source");
    ArtifactFiles.file(source.resolve("a.txt"));
    Path secret = ArtifactFiles.file(folder.resolve("secret"));
    Path link = Files.createSymbolicLink(source.resolve("b.txt"), secret);

    assertRefused(
        source, link + " is a link to a place outside it\nput the files themselves there");
    assertThat(task.resolve("b.txt")).doesNotExist();
  }

  @Test
  void addFolder_linkToOwnParent_doesNotLoop() throws Exception {
    Path source = folder.resolve("source");
    ArtifactFiles.file(source.resolve("a/b.txt"));
    Path link = Files.createSymbolicLink(source.resolve("a/up"), source);

    assertRefused(source, link + " is a link to a folder\nput the files themselves there");
  }

  @Test
  void addFolder_danglingLink_isTold() throws Exception {
    Path source = Files.createDirectories(folder.resolve("source"));
    Files.createSymbolicLink(source.resolve("gone"), folder.resolve("nowhere"));

    assertRefused(source, source + " cannot be copied: no such file");
  }

  @Test
  void addFolder_thatHoldsTheTaskRoot_leavesItOut() {
    Path source = folder.resolve("deep");
    ArtifactFiles.file(source.resolve("a.txt"));

    TaskRoot.at(task).addFolder(source);

    assertThat(ArtifactFiles.below(task)).containsExactly("a.txt");
  }

  @Test
  void addFolder_keepsTimes() throws Exception {
    Path file = ArtifactFiles.file(folder.resolve("source/a.txt"));
    ArtifactFiles.modified(file, 1_000);

    TaskRoot.at(task).addFolder(folder.resolve("source"));

    assertThat(Files.getLastModifiedTime(task.resolve("a.txt")).toMillis()).isEqualTo(1_000_000);
  }

  @Test
  void addLibrary_missingJar_isTold() {
    Path jar = folder.resolve("gone.jar");

    assertThatThrownBy(() -> TaskRoot.at(task).addLibrary(jar))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessage(jar + " cannot be copied: no such file");
  }

  @Test
  void at_placeUnderFile_isTold() {
    Path file = Templates.write(folder.resolve("file"), "x".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> TaskRoot.at(file.resolve("task")))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessageStartingWith(file.resolve("task") + " cannot be made: ");
  }

  private void assertRefused(Path source, String message) {
    assertThatThrownBy(() -> TaskRoot.at(task).addFolder(source))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessage(message);
  }
}
