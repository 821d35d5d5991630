package io.leakguard.chaos.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsFileTest {
  @TempDir private Path folder;

  @Test
  void model_absentValues_areUnknown() {
    Results results = Roots.results("F slow clean");
    assertThat(results.seed()).isNull();
    assertThat(results.functions()).isEmpty();
    CellResult cell = results.cells().get(0);
    assertThat(cell.slope("threads")).isNull();
    assertThat(cell.stacks()).isNull();
    assertThat(cell.timeline()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "{\"cells\": 3}",
        "{\"cells\": [{}]}",
        "{\"cells\": [], \"shard\": \"banana\"}",
        "{\"cells\": [{\"function\": \"F\", \"shape\": \"a\", \"verdict\": \"clean\","
            + " \"slopes\": {\"threads\": \"much\"}}]}",
        "{\"schemaVersion\": \"x\", \"cells\": []}",
        "{\"cells\": [",
      })
  void read_otherFile_saysSoInOneLine(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("r.json"), text);
    assertThatThrownBy(() -> ResultsFile.read(file))
        .isInstanceOf(ResultsException.class)
        .hasMessageStartingWith(file + ": ")
        .message()
        .hasLineCount(1)
        .doesNotContain("Exception", "gson")
        .hasSizeLessThan(file.toString().length() + 220);
  }

  @Test
  void read_nestedWithoutEnd_isOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("r.json"), "{\"cells\": " + "[".repeat(100_000));
    assertThatThrownBy(() -> ResultsFile.read(file))
        .isInstanceOf(ResultsException.class)
        .message()
        .hasSizeLessThan(file.toString().length() + 220);
  }

  @Test
  void read_noFile_saysWhereTheyAre() {
    assertThatThrownBy(() -> ResultsFile.read(Path.of("missing.json")))
        .hasMessage("missing.json: no such file; results are in results.json of a run");
  }

  @Test
  void read_laterVersion_isRefused() throws IOException {
    Path file =
        Files.writeString(folder.resolve("r.json"), "{\"schemaVersion\": 2, \"cells\": []}");
    assertThatThrownBy(() -> ResultsFile.read(file))
        .hasMessage(file + ": schemaVersion must be at most 1, which this version reads: 2");
  }

  @Test
  void in_folder_isTheFileInIt() {
    assertThat(ResultsFile.in(folder)).isEqualTo(folder.resolve("results.json"));
    assertThat(ResultsFile.in(Path.of("A.json"))).isEqualTo(Path.of("A.json"));
  }

  @ParameterizedTest
  @CsvSource({
    "F a clean,         G a clean,         0",
    "F a clean,         G a failed,        3",
    "F a failed,        G a harness-fault, 4",
    "F a harness-fault, G a leak,          2",
    "F a clean,         G a inconclusive,  4",
  })
  void exitCode_followsTheGravestVerdict(String one, String other, int code) {
    assertThat(Roots.results(one, other).exitCode()).isEqualTo(code);
  }

  @Test
  void exitCode_controlsThatFail_proveNothing() {
    var root = Roots.of("F a leak");
    root.getAsJsonObject("controls").addProperty("negative", "leak");
    assertThat(ResultsFile.model(root).exitCode()).isEqualTo(4);
  }

  @Test
  void write_fails_leavesOldFileAndNamesTheReason() throws IOException {
    Path file = Files.writeString(folder.resolve("r.json"), "old");
    String part = "r.json." + ProcessHandle.current().pid() + ".part";
    Files.createFile(Files.createDirectory(folder.resolve(part)).resolve("occupied"));
    assertThatThrownBy(() -> AtomicFile.write(file, "new"))
        .isInstanceOf(ResultsException.class)
        .hasMessageStartingWith("the results could not be written: " + file + " (")
        .message()
        .hasLineCount(1);
    assertThat(file).hasContent("old");
  }
}
