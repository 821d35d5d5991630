package io.leakguard.chaos.sam;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The output of a Maven module: its classes, and the dependencies that its build copied beside
 * them.
 *
 * @param location {@code target/classes} of the module
 */
record MavenArtifact(Path location) implements BuiltCode {

  static MavenArtifact ofModule(Path module) {
    return new MavenArtifact(module.resolve("target").resolve("classes"));
  }

  boolean isBuilt() {
    return Files.isDirectory(location);
  }

  /** What {@code dependency:copy-dependencies} wrote, by default or as SAM and many POMs say. */
  List<Path> dependencies() {
    List<Path> jars = new ArrayList<>(Jars.in(location.resolveSibling("dependency")));
    jars.addAll(Jars.in(location.resolveSibling("lib")));
    return jars;
  }

  @Override
  public void stage(Path taskRoot) {
    TaskRoot root = TaskRoot.at(taskRoot);
    root.addFolder(location);
    dependencies().forEach(root::addLibrary);
  }

  @Override
  public List<ClassSource> classSources() {
    List<ClassSource> sources = new ArrayList<>();
    sources.add(new ClassFolder(location));
    dependencies().forEach(jar -> sources.add(new ClassArchive(jar)));
    return sources;
  }
}
