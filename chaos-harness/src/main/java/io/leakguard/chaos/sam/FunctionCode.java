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

  FunctionCode {
    layers = List.copyOf(layers);
    notes = List.copyOf(notes);
  }

  @Override
  public Path location() {
    return code.location();
  }

  @Override
  public void stage(Path taskRoot) {
    TaskRoot root = TaskRoot.at(taskRoot);
    code.stage(root);
    layers.forEach(layer -> layer.stage(root));
  }
}
