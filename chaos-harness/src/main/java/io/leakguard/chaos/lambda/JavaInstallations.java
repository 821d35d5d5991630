package io.leakguard.chaos.lambda;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDKs of this machine, one for each feature release. Of several with the same release the
 * first that was offered is kept. Immutable.
 */
public final class JavaInstallations {
  /** {@code JAVA_HOME_21}, and {@code JAVA_HOME_21_X64} as CI services set it. */
  private static final Pattern VARIABLE = Pattern.compile("JAVA_HOME_\\d+(_\\w+)?");

  /** Lambda's identifiers: {@code java8.al2}, {@code java21}. */
  private static final Pattern RUNTIME = Pattern.compile("java(\\d{1,3})([.].*)?");

  private final NavigableMap<Integer, JavaInstallation> byRelease;

  private JavaInstallations(NavigableMap<Integer, JavaInstallation> byRelease) {
    this.byRelease = byRelease;
  }

  /** Of JDKs in the order of preference. */
  public static JavaInstallations of(Collection<JavaInstallation> offered) {
    NavigableMap<Integer, JavaInstallation> byRelease = new TreeMap<>();
    offered.forEach(java -> byRelease.putIfAbsent(java.feature(), java));
    return new JavaInstallations(byRelease);
  }

  /**
   * Looks at what the user named, the variables {@code JAVA_HOME_*}, {@code JAVA_HOME}, the folders
   * in which JDKs are usually installed, and last at the JVM that runs this code. What is no JDK is
   * passed over.
   *
   * @param named by the user; always preferred
   * @param home the user's home folder
   */
  public static JavaInstallations find(
      Collection<JavaInstallation> named, Map<String, String> environment, Path home) {
    List<JavaInstallation> found = new ArrayList<>(named);
    environment.keySet().stream()
        .filter(name -> VARIABLE.matcher(name).matches())
        .sorted()
        .forEach(
            name ->
                folder(environment.get(name)).flatMap(JavaInstallations::at).ifPresent(found::add));
    folder(environment.get("JAVA_HOME")).flatMap(JavaInstallations::at).ifPresent(found::add);
    List<Path> parents =
        List.of(
            Path.of("/usr/lib/jvm"),
            home.resolve(".sdkman/candidates/java"),
            home.resolve(".jdks"),
            Path.of("/opt"),
            Path.of("/opt/java"));
    for (Path parent : parents) {
      children(parent).forEach(child -> at(child).ifPresent(found::add));
    }
    found.add(JavaInstallation.current());
    return of(found);
  }

  private static Optional<Path> folder(String value) {
    try {
      return value == null || value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<JavaInstallation> at(Path folder) {
    try {
      return Optional.of(JavaInstallation.in(folder));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, Files::isDirectory)) {
      stream.forEach(children::add);
    } catch (IOException e) {
      return List.of();
    }
    Collections.sort(children);
    return children;
  }

  /**
   * The JDK for a runtime: of its release, else of the next newer one that is here.
   *
   * @param runtime Lambda's identifier, such as {@code java21}
   * @return empty where there is neither, or the identifier is not of a Java runtime
   */
  public Optional<JavaInstallation> forRuntime(String runtime) {
    Matcher identifier = RUNTIME.matcher(runtime);
    return identifier.matches()
        ? Optional.ofNullable(byRelease.ceilingEntry(Integer.parseInt(identifier.group(1))))
            .map(Map.Entry::getValue)
        : Optional.empty();
  }

  /** The feature releases that are here, in ascending order. */
  public List<Integer> releases() {
    return List.copyOf(byRelease.keySet());
  }
}
