package io.leakguard.chaos.sam;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder that has the managed runtime's layout already. */
record FolderArtifact(Path location) implements BuiltCode {

  @Override
  public void stage(TaskRoot root) {
    root.addFolder(location);
  }

  @Override
  public List<ClassSource> classSources() {
    List<ClassSource> sources = new ArrayList<>();
    sources.add(new ClassFolder(location));
    Jars.in(location.resolve("lib")).forEach(jar -> sources.add(new ClassArchive(jar)));
    return sources;
  }
}
