package io.leakguard.chaos.sam;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A jar or zip file. Lambda unpacks both; a jar without jars inside works as well in lib/. */
record ArchiveArtifact(Path location) implements BuiltCode {

  @Override
  public void stage(TaskRoot root) {
    if (isUnpacked()) {
      root.unpack(location);
    } else {
      root.addLibrary(location);
    }
  }

  boolean isUnpacked() {
    boolean jar = location.toString().toLowerCase(Locale.ROOT).endsWith(".jar");
    return !jar || new ClassArchive(location).hasLibraries();
  }

  @Override
  public List<ClassSource> classSources() {
    return List.of(new ClassArchive(location));
  }
}
