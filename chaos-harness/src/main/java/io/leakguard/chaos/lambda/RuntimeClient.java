package io.leakguard.chaos.lambda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * AWS's Java runtime interface client with what it needs, as the managed runtime has it.
 *
 * @param jars the class path, the client's own jar among them
 */
public record RuntimeClient(List<Path> jars) {
  private static final String ARTIFACT = "aws-lambda-java-runtime-interface-client";

  public RuntimeClient {
    jars = List.copyOf(jars);
    if (jars.stream().noneMatch(RuntimeClient::isClient)) {
      throw new IllegalArgumentException("jars must include " + ARTIFACT + ", were " + jars);
    }
  }

  /**
   * All jars of a folder.
   *
   * @throws IllegalArgumentException when the folder cannot be read or lacks the client
   */
  public static RuntimeClient in(Path folder) {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.jar")) {
      stream.forEach(jar -> jars.add(jar.toAbsolutePath()));
    } catch (IOException e) {
      throw new IllegalArgumentException("no readable folder of jars at " + folder, e);
    }
    Collections.sort(jars);
    return new RuntimeClient(jars);
  }

  String classPath() {
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Unpacks the client's native library once, so that its path can be given to every child. Left to
   * itself the client unpacks it to one fixed path in /tmp, over the file that the JVMs which start
   * at the same moment have just mapped, and those crash.
   */
  Path extractNativeLibrary(Path folder) {
    String name = libraryName(System.getProperty("os.arch"), isMusl());
    Path jar = jars.stream().filter(RuntimeClient::isClient).findFirst().orElseThrow();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry("jni/" + name);
      if (entry == null) {
        throw new IllegalArgumentException(jar + " has no native library " + name);
      }
      Path target = folder.resolve(name);
      try (InputStream in = zip.getInputStream(entry)) {
        Files.copy(in, target);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("the native library of " + jar + " could not be unpacked", e);
    }
  }

  static String libraryName(String architecture, boolean musl) {
    String arch =
        switch (architecture.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch_64";
          default -> architecture;
        };
    return "libaws-lambda-jni.linux" + (musl ? "_musl" : "") + "-" + arch + ".so";
  }

  private static boolean isMusl() {
    try (DirectoryStream<Path> loaders = Files.newDirectoryStream(Path.of("/lib"), "libc.musl-*")) {
      return loaders.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isClient(Path jar) {
    return jar.getFileName().toString().startsWith(ARTIFACT);
  }
}
