package io.leakguard.chaos.sam;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A folder of Maven sources, of one module or many. */
final class MavenProject {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_FOLDERS = 20_000;
  private static final Set<String> NO_MODULES = Set.of("target", "src", "node_modules");

  private final List<Path> modules;

  private MavenProject(List<Path> modules) {
    this.modules = modules;
  }

  static boolean isAt(Path folder) {
    return Files.isRegularFile(folder.resolve("pom.xml"));
  }

  /** Finds the modules by their POMs, without reading them; hidden folders are left out. */
  static MavenProject at(Path folder) {
    Walk walk = new Walk(folder);
    try {
      Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, walk);
    } catch (IOException e) {
      throw new TemplateException(folder + " cannot be read: " + IoReason.of(e));
    }
    Collections.sort(walk.modules);
    return new MavenProject(walk.modules);
  }

  List<MavenArtifact> built() {
    return modules.stream()
        .map(MavenArtifact::ofModule)
        .filter(MavenArtifact::isBuilt)
        .collect(Collectors.toList());
  }

  /** The built module whose own classes have the handler, else one whose dependencies have it. */
  Optional<MavenArtifact> moduleWith(String classFile) {
    List<MavenArtifact> built = built();
    return built.stream()
        .filter(module -> new ClassFolder(module.location()).holds(classFile))
        .findFirst()
        .or(() -> built.stream().filter(module -> module.holds(classFile)).findFirst());
  }

  /** Whether a module has the source of the class: then it only has to be built. */
  boolean hasSource(HandlerName handler) {
    String source = handler.className().replaceFirst("\\$.*", "").replace('.', '/');
    return modules.stream()
        .map(module -> module.resolve("src").resolve("main"))
        .anyMatch(
            main ->
                Files.exists(main.resolve("java").resolve(source + ".java"))
                    || Files.exists(main.resolve("kotlin").resolve(source + ".kt")));
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> modules = new ArrayList<>();
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
      if (isAt(folder)) {
        modules.add(folder);
      }
      return ++folders > MAX_FOLDERS ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    /** A folder that may not be read is no module. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
