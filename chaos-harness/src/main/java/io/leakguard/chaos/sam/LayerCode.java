package io.leakguard.chaos.sam;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer's content: a folder or zip with {@code java/lib/*.jar}, or a source folder whose build
 * has left jars.
 */
record LayerCode(Path content) {
  private static final String JARS = "java/lib/";

  /** Puts its jars after the function's own, where {@code /opt/java/lib} comes in production. */
  void stage(TaskRoot root) {
    if (Files.isRegularFile(content)) {
      root.unpack(content, LayerCode::inLibraries);
    } else {
      jars().forEach(jar -> root.addLibrary(jar, last(jar.getFileName().toString())));
    }
  }

  /** Copies all that it has, where it is laid out as Lambda unpacks it. */
  void stageWhole(TaskRoot root) {
    if (Files.isRegularFile(content)) {
      root.unpack(content);
    } else if (isLaidOut()) {
      root.addFolder(content);
    }
  }

  private boolean isLaidOut() {
    return Files.isDirectory(content) && !SourceProject.isAt(content);
  }

  /** Whether it has a file, by its path below {@code /opt}. */
  boolean brings(String file) {
    if (Files.isRegularFile(content)) {
      return new ClassArchive(content).hasEntry(file);
    }
    Path own = content.resolve(file).normalize();
    return isLaidOut() && own.startsWith(content) && Files.isRegularFile(own);
  }

  /** The name inside the task root, or empty for what is left out. */
  private static String inLibraries(String entry) {
    String name = entry.startsWith(JARS) ? entry.substring(JARS.length()) : "";
    return name.endsWith(".jar") && name.indexOf('/') < 0 ? "lib/" + last(name) : "";
  }

  /** The runtime client takes the jars in the order of their names. */
  private static String last(String jar) {
    return "zz-layer-" + jar;
  }

  /** What is read of it where it is a folder. */
  List<Path> jars() {
    List<Path> jars = new ArrayList<>(Jars.in(content.resolve(JARS)));
    if (jars.isEmpty() && SourceProject.isAt(content)) {
      for (BuildModule module : SourceProject.at(content).built()) {
        jars.addAll(module.libraryJars());
      }
    }
    return jars;
  }

  boolean holds(String classFile) {
    return Files.isRegularFile(content)
        ? new ClassArchive(content).holdsInLibraries(classFile, JARS)
        : jars().stream().anyMatch(jar -> new ClassArchive(jar).holds(classFile));
  }

  boolean isEmpty() {
    return !Files.isRegularFile(content) && jars().isEmpty();
  }
}
