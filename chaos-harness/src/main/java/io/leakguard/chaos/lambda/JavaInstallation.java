package io.leakguard.chaos.lambda;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JVM to run functions with.
 *
 * @param executable the {@code java} command
 * @param feature the feature release, such as 17
 */
public record JavaInstallation(Path executable, int feature) {

  /** The JVM that runs this code. */
  public static JavaInstallation current() {
    Path home = Path.of(System.getProperty("java.home"));
    return new JavaInstallation(home.resolve("bin/java"), Runtime.version().feature());
  }

  /**
   * The JVM in a folder, its release taken from the file {@code release} that every JDK has.
   *
   * @throws IllegalArgumentException when the folder holds no JDK; the message says what is missing
   */
  public static JavaInstallation in(Path home) {
    Path executable = home.resolve("bin/java");
    if (!Files.isExecutable(executable)) {
      throw new IllegalArgumentException("no executable bin/java in " + home);
    }
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException("no readable file release in " + home, e);
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    try {
      return new JavaInstallation(executable, Runtime.Version.parse(version).feature());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "JAVA_VERSION in " + home.resolve("release") + " is no Java version: " + version, e);
    }
  }
}
