package io.leakguard.chaos.sam;

import io.leakguard.chaos.text.Printable;
import io.leakguard.chaos.text.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the built code of one function. */
final class ArtifactLocator {
  private final Origin origin;
  private final ProjectRoot root;
  private final FunctionDefinition function;
  private final HandlerName handler;
  private final List<String> notes = new ArrayList<>();

  ArtifactLocator(Origin origin, FunctionDefinition function) {
    this.origin = origin;
    this.root = ProjectRoot.of(origin);
    this.function = function;
    this.handler =
        HandlerName.parse(function.handler())
            .orElseThrow(
                () -> new IllegalArgumentException("not a Java handler: " + function.handler()));
  }

  Artifact locate() {
    List<LayerCode> layers = layers();
    BuiltCode code = code(layers);
    code.paths().forEach(path -> requireInside(path, function.codeLine(), "the code is"));
    return new FunctionCode(code, layers, notes, handlerEvent(code));
  }

  private BuiltCode code(List<LayerCode> layers) {
    Optional<BuiltCode> bySam = builtBySam();
    try {
      BuiltCode ours = output();
      BuiltCode newer = bySam.filter(sam -> isNewer(sam, ours)).orElse(ours);
      requireHandler(newer, layers);
      if (newer.equals(ours)) {
        warnOfOldOutput(ours);
        warnOfMissingLibraries(ours);
      }
      return newer;
    } catch (TemplateException e) {
      // What sam build made stands in for an output that is not there, or not the function's.
      return bySam.filter(this::holdsHandler).orElseThrow(() -> e);
    }
  }

  private Optional<EventSource> handlerEvent(BuiltCode code) {
    return code.classSources().stream()
        .flatMap(source -> source.read(handler.classFile()).stream())
        .findFirst()
        .flatMap(HandlerEvent::of);
  }

  private List<LayerCode> layers() {
    List<LayerCode> layers = new ArrayList<>();
    for (Path content : function.layers()) {
      requireInside(content, function.line(), "a layer is");
      LayerCode layer = new LayerCode(content);
      if (Files.isDirectory(content)) {
        layer.jars().forEach(jar -> requireInside(jar, function.line(), "a jar of a layer is"));
      }
      if (layer.isEmpty()) {
        note(function.line(), "the layer " + shown(content) + " has no jars in java/lib: left out");
      } else {
        layers.add(layer);
      }
    }
    return layers;
  }

  private void requireInside(Path path, int line, String what) {
    if (!root.holds(path)) {
      throw origin.error(
          line,
          what + " outside of the project: " + shown(path),
          "nothing is read outside of " + root);
    }
  }

  private void note(int line, String text) {
    notes.add(Printable.of(origin.at(line) + ": " + text));
  }

  private Optional<BuiltCode> builtBySam() {
    Path folder = samFolder().resolve(function.logicalId());
    return Files.isDirectory(folder) ? Optional.of(new FolderArtifact(folder)) : Optional.empty();
  }

  private Path samFolder() {
    return origin.folder().resolve(".aws-sam").resolve("build");
  }

  /** The build's own copy of the template tells its time where the copied files kept theirs. */
  private boolean isNewer(BuiltCode bySam, BuiltCode ours) {
    return Newest.of(bySam.location(), samFolder().resolve("template.yaml"))
            .compareTo(Newest.of(ours.location()))
        > 0;
  }

  private BuiltCode output() {
    Path code = function.codeUri();
    requireInside(code, function.codeLine(), "CodeUri is");
    if (Files.isRegularFile(code)) {
      return new ArchiveArtifact(code);
    }
    if (!Files.isDirectory(code)) {
      throw origin.error(
          function.codeLine(),
          "CodeUri '" + shown(code) + "' does not exist",
          "build it with '"
              + moduleOf(code).map(BuildModule::command).orElse("mvn package")
              + "', or correct CodeUri");
    }
    if (SourceProject.isAt(code) && !new ClassFolder(code).holds(handler.classFile())) {
      return sourceOutput(SourceProject.at(code));
    }
    return new FolderArtifact(code);
  }

  private BuiltCode sourceOutput(SourceProject project) {
    Optional<BuiltCode> output = project.outputWith(handler.classFile());
    if (output.isPresent()) {
      return output.get();
    }
    List<BuildModule> built = project.built();
    if (built.isEmpty() || project.hasSource(handler)) {
      throw origin.error(
          function.codeLine(),
          "'%s' is not built: run '%s' there"
              .formatted(
                  shown(function.codeUri()),
                  BuildTool.of(function.codeUri()).get(0).command(function.codeUri())));
    }
    String where =
        built.size() == 1
            ? shown(built.get(0).classes().location())
            : "any of the " + built.size() + " built modules of " + shown(function.codeUri());
    throw notIn(where, built.stream().flatMap(m -> m.classes().classSources().stream()));
  }

  /** The nearest module around an output. */
  private Optional<BuildModule> moduleOf(Path output) {
    for (Path at = output.toAbsolutePath().getParent();
        at != null && root.holds(at);
        at = at.getParent()) {
      List<BuildTool> tools = BuildTool.of(at);
      if (!tools.isEmpty()) {
        return Optional.of(new BuildModule(at, tools.get(0)));
      }
    }
    return Optional.empty();
  }

  private void warnOfOldOutput(BuiltCode output) {
    moduleOf(output.location())
        .filter(module -> module.isNewerThan(output.location()))
        .ifPresent(
            module ->
                note(
                    function.codeLine(),
                    "%s is older than its sources: run '%s' again"
                        .formatted(shown(output.location()), module.command())));
  }

  /** A function without libraries is rare, a build that leaves them to {@code sam build} is not. */
  private void warnOfMissingLibraries(BuiltCode output) {
    if (output instanceof BuildOutput folders && folders.libraries().isEmpty()) {
      moduleOf(output.location())
          .ifPresent(
              module ->
                  note(
                      function.codeLine(),
                      "%s is run without libraries; if it needs any: '%s'"
                          .formatted(shown(output.location()), module.libraryCommand())));
    }
  }

  private boolean holdsHandler(BuiltCode code) {
    return code.holds(handler.classFile());
  }

  private void requireHandler(BuiltCode code, List<LayerCode> layers) {
    if (!holdsHandler(code)
        && layers.stream().noneMatch(layer -> layer.holds(handler.classFile()))) {
      throw notIn(shown(code.location()), code.classSources().stream().limit(1));
    }
  }

  private TemplateException notIn(String where, Stream<ClassSource> sources) {
    List<String> names =
        sources.flatMap(source -> source.classNames().stream()).collect(Collectors.toList());
    String advice =
        Suggestion.of(handler.className(), names)
            .map(name -> "did you mean '" + handler.with(name) + "'?")
            .orElse("build it again, or correct Handler");
    return origin.error(
        function.handlerLine(), "Handler '" + function.handler() + "' is not in " + where, advice);
  }

  private static String shown(Path path) {
    return path.toString().isEmpty() ? "." : path.toString();
  }
}
