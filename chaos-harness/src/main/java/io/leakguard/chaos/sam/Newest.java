package io.leakguard.chaos.sam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.stream.Stream;

/** The time of the last change below a path. */
final class Newest {
  private static final int MAX_DEPTH = 32;
  private static final FileTime NEVER = FileTime.fromMillis(0);

  private Newest() {}

  static FileTime of(Path... paths) {
    return Stream.of(paths).map(Newest::below).max(Comparator.naturalOrder()).orElse(NEVER);
  }

  private static FileTime below(Path path) {
    try (Stream<Path> files = Files.walk(path, MAX_DEPTH)) {
      return files
          .filter(Files::isRegularFile)
          .map(Newest::time)
          .max(Comparator.naturalOrder())
          .orElse(NEVER);
    } catch (IOException | UncheckedIOException e) {
      return NEVER;
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return NEVER;
    }
  }
}
