package io.leakguard.chaos.sam;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder of class files. */
record ClassFolder(Path root) implements ClassSource {
  private static final int MAX_DEPTH = 32;

  /** A wrong CodeUri may be the root of a disk: a suggestion is not worth reading all of it. */
  private static final int MAX_FILES = 20_000;

  @Override
  public boolean holds(String classFile) {
    return Files.isRegularFile(root.resolve(classFile));
  }

  @Override
  public Optional<byte[]> read(String classFile) {
    if (!holds(classFile)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(root.resolve(classFile))) {
      return Optional.of(in.readNBytes(MAX_CLASS_BYTES));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> classNames() {
    try (Stream<Path> files = Files.walk(root, MAX_DEPTH)) {
      return files
          .limit(MAX_FILES)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".class"))
          .map(ClassFolder::className)
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  static String className(String classFile) {
    return classFile.substring(0, classFile.length() - ".class".length()).replace('/', '.');
  }
}
