package io.leakguard.chaos;

import io.leakguard.chaos.lambda.JavaInstallation;
import io.leakguard.chaos.lambda.JavaInstallations;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options that say what functions run with. */
final class JdkOptions {
  @Option(
      names = "--jdk",
      paramLabel = "N=DIR",
      description =
          "The JDK for runtime javaN; may be repeated. Default: JAVA_HOME_N, or one that is"
              + " installed.")
  private List<String> named = new ArrayList<>();

  /**
   * The JDKs that can be had.
   *
   * @throws UserError when one that is named is none, or of another release
   */
  JavaInstallations installations(Map<String, String> environment) {
    List<JavaInstallation> first = new ArrayList<>();
    KeyValue.parse("--jdk", named)
        .forEach((release, folder) -> first.add(installation(release, folder)));
    return JavaInstallations.find(
        first, environment, Path.of(System.getProperty("user.home", "/")));
  }

  /** The options as they were given. */
  List<String> words() {
    return named.stream().flatMap(one -> Stream.of("--jdk", one)).toList();
  }

  private static JavaInstallation installation(String release, String folder) {
    String given = "--jdk " + release + "=" + folder;
    JavaInstallation java;
    try {
      java = JavaInstallation.in(Path.of(folder));
    } catch (InvalidPathException e) {
      throw new UserError(given + ": this is no path", e);
    } catch (IllegalArgumentException e) {
      throw new UserError(given + ": " + e.getMessage(), e);
    }
    if (!release.equals(Integer.toString(java.feature()))) {
      throw new UserError(given + ": the JDK there is of release " + java.feature());
    }
    return java;
  }
}
