package io.leakguard.chaos.sam;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A function's code with the layers that the template itself defines.
 *
 * @param code the function's own
 * @param layers in the order of the template
 * @param notes what the user should know, a line each
 * @param handlerEvent what the handler takes, if that is known
 */
record FunctionCode(
    BuiltCode code, List<LayerCode> layers, List<String> notes, Optional<EventSource> handlerEvent)
    implements Artifact {
  private static final String LAYERS = "/opt/";
  private static final String TASK = "/var/task/";

  FunctionCode {
    layers = List.copyOf(layers);
    notes = List.copyOf(notes);
  }

  @Override
  public Path location() {
    return code.location();
  }

  @Override
  public boolean brings(String path) {
    if (path.startsWith(LAYERS)) {
      return layers.stream().anyMatch(layer -> layer.brings(path.substring(LAYERS.length())));
    }
    return path.startsWith(TASK)
        && code.classSources().stream().anyMatch(s -> brings(s, path.substring(TASK.length())));
  }

  /** A file inside a jar that stays one is no file of the function's folder. */
  private boolean brings(ClassSource source, String file) {
    if (source instanceof ClassArchive archive) {
      return code instanceof ArchiveArtifact whole && whole.isUnpacked() && archive.hasEntry(file);
    }
    return source.holds(file);
  }

  @Override
  public void stageLayers(Path opt) {
    TaskRoot root = TaskRoot.at(opt);
    layers.forEach(layer -> layer.stageWhole(root));
  }

  @Override
  public void stage(Path taskRoot) {
    TaskRoot root = TaskRoot.at(taskRoot);
    code.stage(root);
    layers.forEach(layer -> layer.stage(root));
  }
}
