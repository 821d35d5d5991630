package io.leakguard.gauntlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An installed JDK. */
record Jdk(Path home, int feature) {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version().feature());
  }

  /**
   * Reads which release it is.
   *
   * @throws IllegalArgumentException if there is no JDK
   */
  static Jdk at(Path home) {
    try {
      Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
      if (version.find()) {
        return new Jdk(home, Integer.parseInt(version.group(1)));
      }
      throw new IllegalArgumentException("its release file names no version: " + home);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no JDK in " + home, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String java() {
    return home.resolve("bin").resolve("java").toString();
  }
}
