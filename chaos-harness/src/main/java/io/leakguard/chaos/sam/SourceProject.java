package io.leakguard.chaos.sam;

import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A folder of sources that Maven or Gradle builds, of one module or many. */
final class SourceProject {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_FOLDERS = 20_000;
  private static final Set<String> NO_MODULES = Set.of("target", "build", "src", "node_modules");

  private final List<BuildModule> modules;

  private SourceProject(List<BuildModule> modules) {
    this.modules = modules;
  }

  static boolean isAt(Path folder) {
    return !BuildTool.of(folder).isEmpty();
  }

  /** Finds the modules by their build files, without reading them; hidden folders are left out. */
  static SourceProject at(Path folder) {
    Walk walk = new Walk(folder);
    try {
      Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, walk);
    } catch (IOException e) {
      throw new TemplateException(folder + " cannot be read: " + IoReason.of(e));
    }
    walk.modules.sort(Comparator.comparing(BuildModule::folder).thenComparing(BuildModule::tool));
    return new SourceProject(walk.modules);
  }

  /**
   * What to run for a handler: of the module that has its class, with all it needs; else an archive
   * of another that has both; else its classes alone; else a module that has it as a dependency.
   */
  Optional<BuiltCode> outputWith(String classFile) {
    List<BuildModule> own = modules.stream().filter(m -> m.hasOwn(classFile)).toList();
    return first(own, module -> module.complete(classFile))
        .or(() -> first(modules, module -> module.archive(classFile)))
        .or(() -> first(own, module -> Optional.of(module.classes())))
        .or(() -> first(modules, module -> module.complete(classFile)));
  }

  private static Optional<BuiltCode> first(
      List<BuildModule> modules, Function<BuildModule, Optional<? extends BuiltCode>> output) {
    return modules.stream()
        .map(output)
        .flatMap(Optional::stream)
        .<BuiltCode>map(code -> code)
        .findFirst();
  }

  /** The modules that have any output. */
  List<BuildModule> built() {
    return modules.stream().filter(BuildModule::isBuilt).toList();
  }

  /** Where its modules lay out layers; most do not. */
  List<Path> layers() {
    return modules.stream().map(BuildModule::layer).toList();
  }

  /** Whether a module has the source of the class: then it only has to be built. */
  boolean hasSource(HandlerName handler) {
    return modules.stream().anyMatch(module -> module.hasSource(handler));
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<BuildModule> modules = new ArrayList<>();
    private int folders;

    Walk(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = String.valueOf(folder.getFileName());
      if (!folder.equals(root) && (NO_MODULES.contains(name) || name.startsWith("."))) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      BuildTool.of(folder).forEach(tool -> modules.add(new BuildModule(folder, tool)));
      return ++folders > MAX_FOLDERS ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    /** A folder that may not be read is no module. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
