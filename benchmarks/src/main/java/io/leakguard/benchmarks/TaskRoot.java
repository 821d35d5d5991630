package io.leakguard.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A function as it lies in Lambda's managed Java runtime, in a temporary folder: the runtime client
 * on the class path, this module and what the guard needs in the {@code lib} of the task root.
 */
final class TaskRoot implements AutoCloseable {
  private static final String LAMBDA = "com.amazonaws.services.lambda.";
  private static final List<String> FLAGS =
      List.of(
          "-XX:MaxHeapSize=445645k",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-XX:+TieredCompilation",
          "-XX:TieredStopAtLevel=1",
          "--add-opens=java.base/java.io=ALL-UNNAMED");

  private static final String JNI_FILE = "libaws-lambda-jni.linux-x86_64.so";
  private static final String JNI_PROPERTY =
      LAMBDA + "runtime.api.client.runtimeapi.NativeClient.JNI";

  private final Path folder;
  private final String runtimeClassPath;

  private TaskRoot(Path folder, String runtimeClassPath) {
    this.folder = folder;
    this.runtimeClassPath = runtimeClassPath;
  }

  static TaskRoot create() throws IOException {
    Path folder = Files.createTempDirectory("task-root");
    Path lib = Files.createDirectories(folder.resolve("task").resolve("lib"));
    List<String> runtime = new ArrayList<>();
    for (String entry : classPath()) {
      String name = new File(entry).getName();
      if (name.startsWith("aws-lambda-java-") || name.startsWith("utils-lite")) {
        runtime.add(entry);
      } else if (name.endsWith(".jar") && !isOfJmh(name)) {
        Files.copy(Path.of(entry), lib.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (InputStream library = TaskRoot.class.getResourceAsStream("/jni/" + JNI_FILE)) {
      if (library == null) {
        throw new IllegalStateException("the runtime client is not on the class path");
      }
      Files.copy(library, folder.resolve(JNI_FILE));
    }
    return new TaskRoot(folder, String.join(File.pathSeparator, runtime));
  }

  /** No function has these; the runtime would open them on its way to the guard. */
  private static boolean isOfJmh(String jar) {
    return jar.startsWith("jmh-") || jar.startsWith("jopt") || jar.startsWith("commons-math3");
  }

  /** Returns the class path with the jar's manifest resolved: lib stands beside the jar. */
  private static List<String> classPath() throws IOException {
    List<String> all = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      all.add(entry);
      Path lib = Path.of(entry).toAbsolutePath().resolveSibling("lib");
      if (entry.endsWith(".jar") && Files.isDirectory(lib)) {
        try (Stream<Path> jars = Files.list(lib)) {
          jars.map(Path::toString).forEach(all::add);
        }
      }
    }
    return all;
  }

  /** Where more files may be put; deleted with the rest. */
  Path folder() {
    return folder;
  }

  /** The working directory of the function's JVM. */
  Path code() {
    return folder.resolve("task");
  }

  /** What the managed runtime runs for a handler. */
  List<String> command(Class<?> handler) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-D" + JNI_PROPERTY + "=" + folder.resolve(JNI_FILE));
    Collections.addAll(command, "-cp", runtimeClassPath);
    Collections.addAll(command, LAMBDA + "runtime.api.client.AWSLambda", handler.getName());
    return command;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
