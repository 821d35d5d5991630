package io.leakguard.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFilesTest {
  @TempDir private Path folder;

  @Test
  void read_file_isTheSameEventEachTime() throws IOException {
    assertThat(dealt(EventFiles.read(write("e.json", "{\n  \"a\": 1\n}\n"))))
        .containsExactly("{\"a\":1}", "{\"a\":1}", "{\"a\":1}", "{\"a\":1}");
  }

  @Test
  void read_lines_areDealtInTurn() throws IOException {
    assertThat(dealt(EventFiles.read(write("e.jsonl", "{\"a\":1}\n\n[2]\n\"three\""))))
        .containsExactly("{\"a\":1}", "[2]", "\"three\"", "{\"a\":1}");
  }

  @Test
  void read_folder_takesItsFilesInTheOrderOfTheirNames() throws IOException {
    write("b.json", "2");
    write("a.ndjson", "0\n1");
    write("notes.txt", "no event");

    assertThat(dealt(EventFiles.read(folder))).containsExactly("0", "1", "2", "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a: 1}", "", "{} {}", "{\"a\": }"})
  void read_whatIsNoJson_isRefusedWithItsPlace(String text) throws IOException {
    Path file = write("e.json", text);

    assertThatThrownBy(() -> EventFiles.read(file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--event is not JSON: " + file + "\n");
  }

  @Test
  void read_badLine_isNamed() throws IOException {
    Path file = write("e.jsonl", "{}\n\n{");

    assertThatThrownBy(() -> EventFiles.read(file))
        .hasMessageStartingWith("--event is not JSON: " + file + ":3\n");
  }

  @Test
  void read_nothing_isRefused() {
    assertThatThrownBy(() -> EventFiles.read(folder)).hasMessageContaining("has no event");
    assertThatThrownBy(() -> EventFiles.read(folder.resolve("gone")))
        .hasMessage("--event must be a file or a folder: " + folder.resolve("gone"));
  }

  private static List<String> dealt(LongFunction<String> events) {
    return LongStream.range(0, 4).mapToObj(events).toList();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
