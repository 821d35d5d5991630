package io.leakguard.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes the first kilobytes and no more, played by a limit on the size of files. */
class FullDiskTest {
  @TempDir private Path folder;

  @Test
  void report_onAFullDisk_saysSoAndLeavesWhatWasThereWhole() throws Exception {
    Path run = folder.resolve("run.json");
    try (InputStream in = FullDiskTest.class.getResourceAsStream("report/results.json")) {
      Files.copy(in, run);
    }
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.writeString(out.resolve("results.json"), "the old one");

    Process process = report(run, out);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).isEqualTo(Main.EXIT_UNUSABLE);
    // What a person reads comes first, and is not lost.
    assertThat(said).contains("functions leak");
    assertThat(said.lines().filter(line -> line.startsWith("chaos: ")))
        .singleElement()
        .asString()
        .contains("the results could not be written: " + out.resolve("results.json"))
        .contains("File too large");
    assertThat(out.toFile().list()).containsExactly("results.json");
    assertThat(out.resolve("results.json")).hasContent("the old one");
  }

  private static Process report(Path run, Path out) throws IOException {
    return new ProcessBuilder(
            "/bin/sh",
            "-c",
            // In blocks of 512 bytes.
            "ulimit -f 16; exec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "report",
            run.toString(),
            "--out",
            out.toString())
        .redirectErrorStream(true)
        .start();
  }
}
