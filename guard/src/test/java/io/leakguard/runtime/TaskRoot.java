package io.leakguard.runtime;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A function as Lambda's managed runtime lays it out: the runtime client on the class path, classes
 * and libraries of the function in a folder of its own.
 */
final class TaskRoot {
  private static final Pattern OF_THE_RUNTIME =
      Pattern.compile(
          "aws-lambda-java-(core|serialization|runtime-interface-client)-.*|utils-lite-.*|annotations-2.*");

  private final Path folder;
  private final Path jni;
  private final String runtimeClassPath;

  private TaskRoot(Path folder, Path jni, String runtimeClassPath) {
    this.folder = folder;
    this.jni = jni;
    this.runtimeClassPath = runtimeClassPath;
  }

  /** Lays out this module, its test classes and its class path below a temporary folder. */
  static TaskRoot in(Path temporary) throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("task"));
    Path lib = Files.createDirectories(folder.resolve("lib"));
    List<String> runtime = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      String name = path.getFileName().toString();
      if (OF_THE_RUNTIME.matcher(name).matches()) {
        runtime.add(path.toString());
      } else if (Files.isDirectory(path)) {
        copy(path, folder);
      } else if (Files.exists(path)) {
        Files.copy(path, lib.resolve(name));
      }
    }
    Path jni = unpackNativeClient(temporary);
    return new TaskRoot(folder, jni, String.join(File.pathSeparator, runtime));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The client unpacks to one fixed path otherwise: JVMs that start together would crash. */
  private static Path unpackNativeClient(Path temporary) throws IOException {
    String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    String name = "/jni/libaws-lambda-jni.linux-" + architecture + ".so";
    Path file = temporary.resolve("libaws-lambda-jni.so");
    try (InputStream library = TaskRoot.class.getResourceAsStream(name)) {
      Files.copy(library, file);
    }
    return file;
  }

  Path folder() {
    return folder;
  }

  Path jni() {
    return jni;
  }

  String runtimeClassPath() {
    return runtimeClassPath;
  }
}
