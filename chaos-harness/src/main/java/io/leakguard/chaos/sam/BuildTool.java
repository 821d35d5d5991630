package io.leakguard.chaos.sam;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A build tool: what shows that it is used, and where its output is. */
enum BuildTool {
  /** Maven; {@code target/dependency} and {@code target/lib} are what many POMs copy jars to. */
  MAVEN(
      "target",
      "pom.xml",
      "classes",
      "dependency lib",
      ".",
      "mvnw",
      "mvn",
      "package",
      "dependency:copy-dependencies -DincludeScope=runtime"),
  /** Gradle with the folders of its Java, Kotlin and distribution plugins. */
  GRADLE(
      "build",
      "build.gradle build.gradle.kts",
      "classes/java/main classes/kotlin/main classes/groovy/main classes/scala/main resources/main",
      "dependency dependencies lib",
      "distributions libs",
      "gradlew",
      "gradle",
      "build",
      "installDist");

  private final String output;
  private final String buildFiles;
  private final String classFolders;
  private final String libraryFolders;
  private final String archiveFolders;
  private final String wrapper;
  private final String program;
  private final String task;
  private final String libraryTask;

  /** Several names are separated by a space. */
  BuildTool(
      String output,
      String buildFiles,
      String classFolders,
      String libraryFolders,
      String archiveFolders,
      String wrapper,
      String program,
      String task,
      String libraryTask) {
    this.output = output;
    this.buildFiles = buildFiles;
    this.classFolders = classFolders;
    this.libraryFolders = libraryFolders;
    this.archiveFolders = archiveFolders;
    this.wrapper = wrapper;
    this.program = program;
    this.task = task;
    this.libraryTask = libraryTask;
  }

  /** The tools that build a folder. */
  static List<BuildTool> of(Path folder) {
    return Stream.of(values()).filter(tool -> tool.builds(folder)).toList();
  }

  boolean builds(Path folder) {
    return names(buildFiles).stream().anyMatch(file -> Files.isRegularFile(folder.resolve(file)));
  }

  /** The command that builds a folder, as a user types it there. */
  String command(Path folder) {
    return program(folder) + " " + task;
  }

  /** The command that puts the run-time class path of a folder where it is found. */
  String libraryCommand(Path folder) {
    return program(folder) + " " + libraryTask;
  }

  private String program(Path folder) {
    return Files.isRegularFile(folder.resolve(wrapper)) ? "./" + wrapper : program;
  }

  /** Folders of classes and resources that are there. */
  List<Path> classFolders(Path module) {
    return existing(module, classFolders);
  }

  /** Jars that were copied beside the classes. */
  List<Path> libraries(Path module) {
    return existing(module, libraryFolders).stream()
        .flatMap(folder -> Jars.in(folder).stream())
        .toList();
  }

  /** Folders that may have archives. */
  List<Path> archiveFolders(Path module) {
    return existing(module, archiveFolders);
  }

  /** Where Gradle installs applications with all their jars, one folder each. */
  Path installations(Path module) {
    return module.resolve(output).resolve("install");
  }

  /** Where a build has laid out a layer, as Lambda unpacks it to {@code /opt}. */
  Path layer(Path module) {
    return module.resolve(output).resolve("layer");
  }

  private static List<String> names(String separated) {
    return List.of(separated.split(" ", -1));
  }

  private List<Path> existing(Path module, String names) {
    return names(names).stream()
        .map(name -> module.resolve(output).resolve(name).normalize())
        .filter(Files::isDirectory)
        .toList();
  }
}
