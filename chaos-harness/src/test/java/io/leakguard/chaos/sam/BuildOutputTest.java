package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts that look into built folders and archives. */
class BuildOutputTest {
  @TempDir Path folder;

  @Test
  void jars_ofFolder_areSortedFilesOnly() throws Exception {
    Path b = ArtifactFiles.archive(folder.resolve("b.jar"), "x");
    Path a = ArtifactFiles.archive(folder.resolve("a.jar"), "x");
    ArtifactFiles.file(folder.resolve("c.txt"));
    Files.createDirectory(folder.resolve("d.jar"));

    assertThat(Jars.in(folder)).containsExactly(a, b);
  }

  @Test
  void jars_ofMissingFolder_areNone() {
    assertThat(Jars.in(folder.resolve("gone"))).isEmpty();
  }

  @Test
  void classFolder_namesItsClasses() {
    ArtifactFiles.file(folder.resolve("a/B$C.class"));
    ArtifactFiles.file(folder.resolve("D.class"));
    ArtifactFiles.file(folder.resolve("a/B.txt"));
    ClassFolder source = new ClassFolder(folder);

    assertThat(source.classNames()).containsExactly("D", "a.B$C");
    assertThat(source.holds("a/B$C.class")).isTrue();
    assertThat(source.holds("a")).isFalse();
    assertThat(new ClassFolder(folder.resolve("gone")).classNames()).isEmpty();
  }

  @Test
  void classArchive_namesItsOwnClasses_butHoldsThoseOfItsLibraries() throws Exception {
    Path library = ArtifactFiles.archive(folder.resolve("library.jar"), "l/L.class");
    Path archive =
        ArtifactFiles.archive(
            folder.resolve("x.zip"),
            Map.of(
                "a/B.class", new byte[0],
                "lib/library.jar", Files.readAllBytes(library),
                "lib/broken.jar", new byte[] {1, 2, 3},
                "other/library.jar", new byte[0]));
    ClassArchive source = new ClassArchive(archive);

    assertThat(source.classNames()).containsExactly("a.B");
    assertThat(source.holds("a/B.class")).isTrue();
    assertThat(source.holds("l/L.class")).isTrue();
    assertThat(source.holds("a/C.class")).isFalse();
    assertThat(source.hasLibraries()).isTrue();
    assertThat(new ClassArchive(library).hasLibraries()).isFalse();
  }

  @Test
  void classArchive_ofMissingFile_isUnreadable() {
    ClassArchive source = new ClassArchive(folder.resolve("gone.jar"));
    String message =
        folder.resolve("gone.jar")
            + " is not a readable jar or zip file\nbuild it again, or correct CodeUri";

    assertThatThrownBy(() -> source.holds("a")).hasMessage(message);
    assertThatThrownBy(source::classNames).hasMessage(message);
    assertThatThrownBy(source::hasLibraries).hasMessage(message);
  }

  @Test
  void newest_ofSeveralPlaces_isTheLastFile() {
    ArtifactFiles.modified(ArtifactFiles.file(folder.resolve("a/old.txt")), 10);
    ArtifactFiles.modified(ArtifactFiles.file(folder.resolve("a/b/new.txt")), 30);
    Path single = ArtifactFiles.file(folder.resolve("single"));
    ArtifactFiles.modified(single, 20);

    assertThat(Newest.of(folder.resolve("a"))).isEqualTo(FileTime.fromMillis(30_000));
    assertThat(Newest.of(single)).isEqualTo(FileTime.fromMillis(20_000));
    assertThat(Newest.of(single, folder.resolve("a"))).isEqualTo(FileTime.fromMillis(30_000));
    assertThat(Newest.of(single, folder.resolve("gone"))).isEqualTo(FileTime.fromMillis(20_000));
    assertThat(Newest.of(folder.resolve("gone"))).isEqualTo(FileTime.fromMillis(0));
  }

  @Test
  void sourceProject_doesNotFollowLinks() throws Exception {
    ArtifactFiles.file(folder.resolve("app/pom.xml"));
    ArtifactFiles.file(folder.resolve("other/pom.xml"));
    ArtifactFiles.file(folder.resolve("other/target/classes/a/B.class"));
    Files.createSymbolicLink(folder.resolve("app/link"), folder.resolve("other"));

    assertThat(SourceProject.at(folder.resolve("app")).built()).isEmpty();
    assertThat(SourceProject.at(folder).built()).hasSize(1);
  }

  @Test
  void sourceProject_findsTheSourceOfNestedClasses() {
    ArtifactFiles.file(folder.resolve("pom.xml"));
    ArtifactFiles.file(folder.resolve("src/main/java/a/B.java"));
    SourceProject project = SourceProject.at(folder);

    assertThat(project.hasSource(HandlerName.parse("a.B$C::d").orElseThrow())).isTrue();
    assertThat(project.hasSource(HandlerName.parse("a.C").orElseThrow())).isFalse();
  }

  @Test
  void sourceProject_isAtABuildFileOnly() {
    ArtifactFiles.file(folder.resolve("pom.xml"));

    assertThat(SourceProject.isAt(folder)).isTrue();
    assertThat(SourceProject.isAt(folder.resolve("gone"))).isFalse();
  }
}
