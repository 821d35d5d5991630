package io.leakguard.chaos.sam;

import java.nio.file.Path;
import java.util.List;

/** Built code of one kind, with the places in which its handler class may be. */
sealed interface BuiltCode permits ArchiveArtifact, FolderArtifact, BuildOutput {

  /** The file or folder, as messages name it. */
  Path location();

  /** Copies it into the layout of the managed runtime. */
  void stage(TaskRoot root);

  /** Its own classes first, then its libraries. */
  List<ClassSource> classSources();

  /** Whether it has this file, such as {@code com/acme/Orders.class}. */
  default boolean holds(String classFile) {
    return classSources().stream().anyMatch(source -> source.holds(classFile));
  }

  /** Everything that is read of it; links among these may lead anywhere. */
  default List<Path> paths() {
    return List.of(location());
  }
}
