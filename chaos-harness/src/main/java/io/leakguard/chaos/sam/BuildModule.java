package io.leakguard.chaos.sam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A module of a build, by the folder it is in and the tool that builds it.
 *
 * @param folder of the module
 * @param tool that builds it
 */
record BuildModule(Path folder, BuildTool tool) {
  /** Jars that builds put beside the one that runs. */
  private static final Pattern NO_CODE =
      Pattern.compile("original-.*|.*-(sources|javadoc|tests|test-sources|plain)\\.jar");

  private static final List<String> LANGUAGES = List.of("java", "kotlin", "groovy", "scala");
  private static final List<String> ENDINGS = List.of(".java", ".kt", ".groovy", ".scala");

  boolean isBuilt() {
    return !tool.classFolders(folder).isEmpty() || !archives(file -> true).isEmpty();
  }

  /** Its classes alone. */
  BuildOutput classes() {
    return output(List.of());
  }

  private BuildOutput output(List<Path> libraries) {
    List<Path> folders = tool.classFolders(folder);
    return new BuildOutput(folders.isEmpty() ? folder : folders.get(0), folders, libraries);
  }

  boolean hasOwn(String classFile) {
    return tool.classFolders(folder).stream().anyMatch(f -> new ClassFolder(f).holds(classFile));
  }

  /**
   * What has the class together with all it needs: a zip made for Lambda, classes with the jars
   * that were copied beside them, an installed application, or a jar with everything in it.
   */
  Optional<BuiltCode> complete(String classFile) {
    return Stream.<Optional<BuiltCode>>of(
            zip(classFile),
            Optional.<BuiltCode>of(output(tool.libraries(folder)))
                .filter(output -> output.classSources().size() > classes().folders().size())
                .filter(holds(classFile)),
            installed().stream().filter(holds(classFile)).findFirst(),
            fatJar(classFile))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** An archive that has the class together with all it needs. */
  Optional<BuiltCode> archive(String classFile) {
    return zip(classFile).or(() -> fatJar(classFile));
  }

  private Optional<BuiltCode> zip(String classFile) {
    return archives(BuildModule::isZip).stream().filter(holds(classFile)).findFirst();
  }

  private Optional<BuiltCode> fatJar(String classFile) {
    return archives(file -> !isZip(file)).stream()
        .filter(holds(classFile))
        .filter(jar -> hasForeign((ArchiveArtifact) jar))
        .findFirst();
  }

  private static Predicate<BuiltCode> holds(String classFile) {
    return code -> {
      try {
        return code.holds(classFile);
      } catch (TemplateException e) {
        // A file that only ends like an archive, or one that is being written.
        return false;
      }
    };
  }

  /** Its archives, the newest first. */
  private List<BuiltCode> archives(Predicate<Path> wanted) {
    List<Path> files = new ArrayList<>();
    for (Path parent : tool.archiveFolders(folder)) {
      try (Stream<Path> children = Files.list(parent)) {
        children.filter(BuildModule::isArchive).filter(wanted).forEach(files::add);
      } catch (IOException e) {
        // What cannot be read is no output.
      }
    }
    files.sort(
        Comparator.<Path, FileTime>comparing(Newest::of).reversed().thenComparing(file -> file));
    return files.stream().<BuiltCode>map(ArchiveArtifact::new).toList();
  }

  private static boolean isArchive(Path file) {
    String name = name(file);
    return (name.endsWith(".jar") || name.endsWith(".zip"))
        && !NO_CODE.matcher(name).matches()
        && Files.isRegularFile(file);
  }

  private static boolean isZip(Path file) {
    return name(file).endsWith(".zip");
  }

  private static String name(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  /** A jar with only the module's own classes lacks its dependencies. */
  private boolean hasForeign(ArchiveArtifact jar) {
    ClassArchive archive = new ClassArchive(jar.location());
    List<ClassFolder> own = tool.classFolders(folder).stream().map(ClassFolder::new).toList();
    return archive.hasLibraries()
        || archive.classNames().stream()
            .map(name -> name.replace('.', '/') + ".class")
            .anyMatch(file -> own.stream().noneMatch(classes -> classes.holds(file)));
  }

  private List<BuiltCode> installed() {
    List<BuiltCode> installed = new ArrayList<>();
    Path parent = tool.installations(folder);
    if (Files.isDirectory(parent)) {
      try (Stream<Path> children = Files.list(parent)) {
        children
            .sorted()
            .map(child -> child.resolve("lib"))
            .filter(Files::isDirectory)
            .forEach(lib -> installed.add(new BuildOutput(lib, List.of(), Jars.in(lib))));
      } catch (IOException e) {
        return List.of();
      }
    }
    return installed;
  }

  /** The jars it leaves: what it builds, and what was copied beside that. */
  List<Path> libraryJars() {
    List<Path> jars = new ArrayList<>(tool.libraries(folder));
    archives(file -> !isZip(file)).forEach(jar -> jars.add(jar.location()));
    return jars;
  }

  /** The layer that it has laid out, which may not be there. */
  Path layer() {
    return tool.layer(folder);
  }

  /** Whether it has the source of the class: then it only has to be built. */
  boolean hasSource(HandlerName handler) {
    String source = handler.className().replaceFirst("\\$.*", "").replace('.', '/');
    Path main = folder.resolve("src").resolve("main");
    return LANGUAGES.stream()
        .map(main::resolve)
        .anyMatch(
            root -> ENDINGS.stream().anyMatch(end -> Files.exists(root.resolve(source + end))));
  }

  /** Whether its sources were changed after this output of it was written. */
  boolean isNewerThan(Path output) {
    return Newest.of(folder.resolve("src").resolve("main")).compareTo(Newest.of(output)) > 0;
  }

  String libraryCommand() {
    return tool.libraryCommand(folder);
  }

  String command() {
    return tool.command(folder);
  }
}
