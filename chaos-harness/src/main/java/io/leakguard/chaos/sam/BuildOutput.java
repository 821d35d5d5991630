package io.leakguard.chaos.sam;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a build left in folders: classes and resources, and jars beside them.
 *
 * @param location what messages name, such as {@code target/classes}
 * @param folders of classes and resources, the first counts most
 * @param libraries jars of the run-time class path
 */
record BuildOutput(Path location, List<Path> folders, List<Path> libraries) implements BuiltCode {

  BuildOutput {
    folders = List.copyOf(folders);
    libraries = List.copyOf(libraries);
  }

  @Override
  public void stage(TaskRoot root) {
    // The first counts most, so that it comes last.
    for (int i = folders.size() - 1; i >= 0; i--) {
      root.addFolder(folders.get(i));
    }
    libraries.forEach(root::addLibrary);
  }

  @Override
  public List<Path> paths() {
    return Stream.of(List.of(location), folders, libraries).flatMap(List::stream).toList();
  }

  @Override
  public List<ClassSource> classSources() {
    List<ClassSource> sources = new ArrayList<>();
    folders.forEach(folder -> sources.add(new ClassFolder(folder)));
    libraries.forEach(jar -> sources.add(new ClassArchive(jar)));
    return sources;
  }
}
