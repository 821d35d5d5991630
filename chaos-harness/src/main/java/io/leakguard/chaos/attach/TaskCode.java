package io.leakguard.chaos.attach;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The classes of a function as the managed runtime finds them: its folder, then {@code lib/}. */
final class TaskCode {
  private final Path root;

  /** Which jar a class file is taken from: the first that has it. */
  private final Map<String, Path> inJars = new HashMap<>();

  /**
   * Looks once into every jar.
   *
   * @throws IOException when one cannot be read
   */
  TaskCode(Path taskRoot) throws IOException {
    root = taskRoot;
    for (Path jar : libraries(taskRoot.resolve("lib"))) {
      index(jar);
    }
  }

  private void index(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.stream().map(ZipEntry::getName).forEach(name -> inJars.putIfAbsent(name, jar));
    } catch (ZipException e) {
      // A class loader passes over what is no jar, too.
      System.getLogger(TaskCode.class.getName())
          .log(System.Logger.Level.DEBUG, jar + " is no jar: " + e.getMessage());
    }
  }

  private static List<Path> libraries(Path lib) throws IOException {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(lib)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(lib, "*.jar")) {
        stream.forEach(jars::add);
      }
    }
    Collections.sort(jars);
    return jars;
  }

  boolean has(String className) {
    String file = className + ".class";
    return isOwn(root.resolve(file).normalize()) || inJars.containsKey(file);
  }

  private boolean isOwn(Path file) {
    return file.startsWith(root) && Files.isRegularFile(file);
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
    if (isOwn(own)) {
      try (InputStream in = Files.newInputStream(own)) {
        return Optional.of(ClassReferences.of(in));
      }
    }
    Path jar = inJars.get(file);
    if (jar == null) {
      return Optional.empty();
    }
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(file))) {
      return Optional.of(ClassReferences.of(in));
    }
  }
}
