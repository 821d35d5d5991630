package io.leakguard.chaos.attach;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The classes of a function as the managed runtime finds them: its folder, then {@code lib/}. */
final class TaskCode {
  private final Path root;

  TaskCode(Path taskRoot) {
    this.root = taskRoot;
  }

  boolean has(String className) throws IOException {
    return references(className).isPresent();
  }

  /**
   * What a class mentions.
   *
   * @param className with slashes
   * @return empty where there is no such class
   */
  Optional<Set<String>> references(String className) throws IOException {
    String file = className + ".class";
    Path own = root.resolve(file).normalize();
    if (own.startsWith(root) && Files.isRegularFile(own)) {
      try (InputStream in = Files.newInputStream(own)) {
        return Optional.of(ClassReferences.of(in));
      }
    }
    for (Path jar : libraries()) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        ZipEntry entry = zip.getEntry(file);
        if (entry != null) {
          try (InputStream in = zip.getInputStream(entry)) {
            return Optional.of(ClassReferences.of(in));
          }
        }
      }
    }
    return Optional.empty();
  }

  private List<Path> libraries() throws IOException {
    Path lib = root.resolve("lib");
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(lib)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(lib, "*.jar")) {
        stream.forEach(jars::add);
      }
    }
    Collections.sort(jars);
    return jars;
  }
}
