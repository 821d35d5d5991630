package io.leakguard.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFolderTest {
  @TempDir private Path folder;

  @Test
  void create_namedTwiceAtOnce_isRefusedUntilTheFirstHasEnded() throws IOException {
    Optional<Path> named = Optional.of(folder.resolve("out"));
    try (ResultsFolder first = ResultsFolder.create(named)) {
      Files.writeString(first.folder().resolve("results.json"), "{}");
      assertThatThrownBy(() -> ResultsFolder.create(named))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith("another run writes its results to " + first.folder());
    }
    try (ResultsFolder second = ResultsFolder.create(named)) {
      assertThat(second.folder()).isDirectory();
    }
    assertThat(folder.resolve("out").toFile().list()).containsExactly("results.json");
  }

  @Test
  void create_namedByAnotherProcess_isRefused() throws Exception {
    Path file =
        Files.writeString(folder.resolve("run.json"), "{\"schemaVersion\": 1, \"cells\": []}");
    Path out = folder.resolve("out");
    try (ResultsFolder first = ResultsFolder.create(Optional.of(out))) {
      Process second =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "report",
                  file.toString(),
                  "--out",
                  first.folder().toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(second.getInputStream().readAllBytes(), UTF_8);
      assertThat(second.waitFor()).isEqualTo(Main.EXIT_UNUSABLE);
      assertThat(said).startsWith("chaos: another run writes its results to " + out);
    }
  }

  @Test
  void create_lockFileOfARunThatWasKilled_isNoObstacle() throws IOException {
    Files.writeString(folder.resolve(".chaos-lock"), "1-1");
    try (ResultsFolder results = ResultsFolder.create(Optional.of(folder))) {
      assertThat(results.folder()).isEqualTo(folder);
    }
  }

  @Test
  void close_nothingWritten_takesTheFolderAway() throws IOException {
    Path out = folder.resolve("a/b");
    ResultsFolder.create(Optional.of(out)).close();
    assertThat(out).doesNotExist();
  }
}
