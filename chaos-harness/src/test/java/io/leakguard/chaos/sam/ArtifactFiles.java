package io.leakguard.chaos.sam;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes the files of built functions; a class file here is only its name. */
final class ArtifactFiles {
  private ArtifactFiles() {}

  static Path file(Path file) {
    return Templates.write(file, file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
  }

  static Path archive(Path file, String... entries) {
    return archive(
        file,
        Stream.of(entries)
            .collect(
                Collectors.toMap(entry -> entry, entry -> entry.getBytes(StandardCharsets.UTF_8))));
  }

  static Path archive(Path file, Map<String, byte[]> entries) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue());
          zip.closeEntry();
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void modified(Path file, long second) {
    try {
      Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1_000));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The regular files below a folder, as relative paths. */
  static List<String> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
