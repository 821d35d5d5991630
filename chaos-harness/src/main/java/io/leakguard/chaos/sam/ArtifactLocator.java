package io.leakguard.chaos.sam;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the built code of one function. */
final class ArtifactLocator {
  private final Origin origin;
  private final FunctionDefinition function;
  private final HandlerName handler;

  ArtifactLocator(Origin origin, FunctionDefinition function) {
    this.origin = origin;
    this.function = function;
    this.handler =
        HandlerName.parse(function.handler())
            .orElseThrow(
                () -> new IllegalArgumentException("not a Java handler: " + function.handler()));
  }

  Artifact locate() {
    Optional<BuiltCode> bySam = builtBySam();
    try {
      BuiltCode ours = output();
      BuiltCode newer = bySam.filter(sam -> isNewer(sam, ours)).orElse(ours);
      return requireHandler(newer);
    } catch (TemplateException e) {
      // What sam build made stands in for an output that is not there, or not the function's.
      return bySam.filter(this::holdsHandler).orElseThrow(() -> e);
    }
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
    if (Files.isRegularFile(code)) {
      return new ArchiveArtifact(code);
    }
    if (!Files.isDirectory(code)) {
      throw origin.error(
          function.codeLine(),
          "CodeUri '" + shown(code) + "' does not exist",
          "build it with 'mvn package', or correct CodeUri");
    }
    if (MavenProject.isAt(code)) {
      return mavenOutput(MavenProject.at(code));
    }
    if (isGradle(code) && !new ClassFolder(code).holds(handler.classFile())) {
      throw origin.error(
          function.codeLine(),
          "CodeUri '" + shown(code) + "' is a Gradle source folder: name the jar or zip it builds");
    }
    return new FolderArtifact(code);
  }

  private static boolean isGradle(Path folder) {
    return Files.exists(folder.resolve("build.gradle"))
        || Files.exists(folder.resolve("build.gradle.kts"));
  }

  private BuiltCode mavenOutput(MavenProject project) {
    Optional<MavenArtifact> module = project.moduleWith(handler.classFile());
    if (module.isPresent()) {
      return module.get();
    }
    List<MavenArtifact> built = project.built();
    if (built.isEmpty() || project.hasSource(handler)) {
      throw origin.error(
          function.codeLine(),
          "'" + shown(function.codeUri()) + "' is not built: run 'mvn package' there");
    }
    String where =
        built.size() == 1
            ? shown(built.get(0).location())
            : "any of the " + built.size() + " built modules of " + shown(function.codeUri());
    throw notIn(where, built.stream().map(m -> (ClassSource) new ClassFolder(m.location())));
  }

  private boolean holdsHandler(BuiltCode code) {
    return code.holds(handler.classFile());
  }

  private BuiltCode requireHandler(BuiltCode artifact) {
    if (holdsHandler(artifact)) {
      return artifact;
    }
    throw notIn(shown(artifact.location()), artifact.classSources().stream().limit(1));
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
