package io.leakguard.chaos.sam;

import java.util.List;

/** An artifact with the places in which its handler class may be. */
sealed interface BuiltCode extends Artifact permits ArchiveArtifact, FolderArtifact, MavenArtifact {

  /** Its own classes first, then its libraries. */
  List<ClassSource> classSources();

  /** Whether it has this file, such as {@code com/acme/Orders.class}. */
  default boolean holds(String classFile) {
    return classSources().stream().anyMatch(source -> source.holds(classFile));
  }
}
