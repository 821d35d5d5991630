package io.leakguard.chaos.sam;

import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder that a template's paths must stay in: the checkout that holds the template, else the
 * outermost project around it. A template that somebody else wrote reads nothing else of a machine.
 */
final class ProjectRoot {
  /** So far up a build may start that has no version control around it. */
  private static final int MAX_PARENTS = 6;

  private static final List<String> BUILDS =
      List.of(
          "pom.xml", "settings.gradle", "settings.gradle.kts", "build.gradle", "build.gradle.kts");

  private final Path root;

  private ProjectRoot(Path root) {
    this.root = root;
  }

  static ProjectRoot of(Origin origin) {
    try {
      Path folder = origin.folder().toAbsolutePath().toRealPath();
      return new ProjectRoot(checkout(folder).orElseGet(() -> outermostBuild(folder)));
    } catch (IOException e) {
      throw origin.error(0, "its folder cannot be read: " + IoReason.of(e));
    }
  }

  private static Optional<Path> checkout(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static Path outermostBuild(Path folder) {
    Path outermost = folder;
    Path at = folder;
    for (int i = 0; i < MAX_PARENTS && at.getParent() != null; i++) {
      at = at.getParent();
      Path parent = at;
      if (BUILDS.stream().anyMatch(file -> Files.isRegularFile(parent.resolve(file)))) {
        outermost = at;
      }
    }
    return outermost;
  }

  /** Whether the path, with its links followed, is inside; what does not exist is read as text. */
  boolean holds(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    for (Path at = absolute; at != null; at = at.getParent()) {
      try {
        return at.toRealPath().resolve(at.relativize(absolute)).normalize().startsWith(root);
      } catch (IOException e) {
        // Not there: its nearest parent that is decides.
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
