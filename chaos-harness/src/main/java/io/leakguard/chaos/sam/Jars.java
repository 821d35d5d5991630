package io.leakguard.chaos.sam;

import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars of a folder, in the order of their names, as the runtime client loads them. */
final class Jars {
  private Jars() {}

  static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new TemplateException(folder + " cannot be read: " + IoReason.of(e));
    }
  }
}
