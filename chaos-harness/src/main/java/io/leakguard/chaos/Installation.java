package io.leakguard.chaos;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Where the parts of the tool are: in {@code lib} where it was unpacked from its zip, in the
 * modules' build folders in a checkout.
 *
 * @param home the folder of the launcher
 */
record Installation(Path home) {
  /** The version of this tool; the same as in the POM, which a test checks. */
  static final String VERSION = "0.1.0";

  /** The installation that the launcher names. */
  static Installation current() {
    return new Installation(Path.of(System.getProperty("leakguard.home", "")).toAbsolutePath());
  }

  /** The command as the user typed it, for messages that repeat it. */
  static String command() {
    return System.getProperty("leakguard.command", "./chaos");
  }

  /** AWS's runtime client, which the functions run under. */
  Path runtimeClient() {
    return isUnpacked()
        ? home.resolve("lib/runtime")
        : home.resolve("chaos-harness/target/runtime");
  }

  /** Class path of the load driver. */
  List<Path> loadDriver() {
    return classPath("load", "gatling-simulations");
  }

  /** The guard in one jar that gets in the way of no library of a function. */
  Path guard() {
    String jar = "guard-layer-" + VERSION + ".jar";
    return home.resolve(isUnpacked() ? "layer/java/lib" : "guard-layer/target").resolve(jar);
  }

  /** Class path of the control functions: folders of classes, and jars. */
  List<Path> controls() {
    return classPath("controls", "chaos-controls");
  }

  /** What is kept from run to run. */
  static Path cache(Map<String, String> environment) {
    String base = environment.get("XDG_CACHE_HOME");
    // The XDG specification has relative values ignored.
    Path folder =
        base != null && base.startsWith("/")
            ? Path.of(base)
            : Path.of(System.getProperty("user.home"), ".cache");
    return folder.resolve("leakguard");
  }

  private boolean isUnpacked() {
    return Files.isDirectory(home.resolve("lib"));
  }

  private List<Path> classPath(String part, String module) {
    if (isUnpacked()) {
      return jars(home.resolve("lib").resolve(part));
    }
    List<Path> path = new ArrayList<>();
    path.add(home.resolve(module).resolve("target/classes"));
    path.addAll(jars(home.resolve(module).resolve("target/dependency")));
    return path;
  }

  private static List<Path> jars(Path folder) {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jar")) {
      stream.forEach(jars::add);
    } catch (IOException e) {
      throw new UserError("the installation is incomplete: cannot read " + folder, e);
    }
    Collections.sort(jars);
    return jars;
  }
}
