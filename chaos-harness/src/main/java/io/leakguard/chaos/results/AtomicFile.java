package io.leakguard.chaos.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files so that whoever reads one meanwhile sees the old or the new one whole. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a file, or leaves what was there.
   *
   * @throws ResultsException when it cannot be written, for instance because the disk is full
   */
  public static void write(Path file, String text) {
    // Two runs may write the same file: each makes its own, and the last one stays.
    Path part =
        file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try {
        Files.writeString(part, text, UTF_8);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new ResultsException(
          "the results could not be written: " + file + " (" + IoReason.of(e) + ")", e);
    }
  }
}
