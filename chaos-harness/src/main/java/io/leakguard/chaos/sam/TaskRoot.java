package io.leakguard.chaos.sam;

import io.leakguard.chaos.text.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Enumeration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A folder that is filled with a function's code; nothing is written outside it. */
final class TaskRoot {
  /** Lambda's limit for a function's unpacked code: 250 MB. */
  private static final long MAX_BYTES = 250L * 1024 * 1024;

  private static final Set<String> NOT_CODE = Set.of(".git", ".aws-sam", "node_modules");

  private final Path root;
  private long written;

  private TaskRoot(Path root) {
    this.root = root;
  }

  static TaskRoot at(Path folder) {
    try {
      return new TaskRoot(Files.createDirectories(folder).toRealPath());
    } catch (IOException e) {
      throw new TemplateException(folder + " cannot be made: " + IoReason.of(e));
    }
  }

  /** Copies a jar into {@code lib/}. */
  void addLibrary(Path jar) {
    addLibrary(jar, jar.getFileName().toString());
  }

  /** Copies a jar into {@code lib/} under another name; a link out of its folder is refused. */
  void addLibrary(Path jar, String name) {
    try {
      requireInside(jar, jar.toAbsolutePath().getParent().toRealPath());
      copy(jar, root.resolve("lib").resolve(name), jar);
    } catch (IOException e) {
      throw failed(jar, e);
    }
  }

  /**
   * Copies what is in a folder. A link is followed to a file of the same folder, and refused where
   * it leads out of it or to a folder.
   */
  void addFolder(Path folder) {
    try {
      Path real = folder.toRealPath();
      Path start = Files.isSymbolicLink(folder) ? real : folder;
      Files.walkFileTree(start, new Copy(start, real));
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Unpacks a jar or zip; an entry that names a place outside ends it. */
  void unpack(Path archive) {
    unpack(archive, name -> name);
  }

  /**
   * Unpacks a part of a jar or zip.
   *
   * @param place where an entry goes; empty where it goes nowhere
   */
  void unpack(Path archive, UnaryOperator<String> place) {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = entry.isDirectory() ? "" : place.apply(entry.getName());
        if (!name.isEmpty()) {
          try (InputStream in = zip.getInputStream(entry)) {
            write(in, inside(name, archive), archive);
          }
        }
      }
    } catch (IllegalArgumentException e) {
      throw new TemplateException(archive + " cannot be unpacked: its entries are malformed");
    } catch (IOException e) {
      throw new TemplateException(archive + " cannot be unpacked: " + IoReason.of(e));
    }
  }

  private Path inside(String entry, Path archive) {
    try {
      Path target = root.resolve(entry).normalize();
      if (target.startsWith(root) && !target.equals(root)) {
        return target;
      }
    } catch (InvalidPathException e) {
      // Refused below like any other name that is no place inside.
    }
    throw new TemplateException(
        archive + ": the entry '" + entry + "' would be written outside the function's folder",
        "nothing more of it was unpacked");
  }

  private static void requireInside(Path file, Path realFolder) throws IOException {
    Path real = file.toRealPath();
    if (!real.startsWith(realFolder) || Files.isDirectory(real)) {
      throw new TemplateException(
          file + " is a link to " + (Files.isDirectory(real) ? "a folder" : "a place outside it"),
          "put the files themselves there");
    }
  }

  private void copy(Path source, Path target, Path artifact) throws IOException {
    try (InputStream in = Files.newInputStream(source)) {
      write(in, target, artifact);
    }
    Files.setLastModifiedTime(target, Files.getLastModifiedTime(source));
  }

  private void write(InputStream in, Path target, Path artifact) throws IOException {
    Files.createDirectories(target.getParent());
    Files.deleteIfExists(target);
    byte[] buffer = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        written += n;
        if (written > MAX_BYTES) {
          throw new TemplateException(
              artifact + " is larger than 250 MB unpacked, the most that Lambda accepts");
        }
        out.write(buffer, 0, n);
      }
    }
  }

  private static TemplateException failed(Path what, IOException e) {
    return new TemplateException(what + " cannot be copied: " + IoReason.of(e));
  }

  private final class Copy extends SimpleFileVisitor<Path> {
    private final Path source;
    private final Path realSource;

    Copy(Path source, Path realSource) {
      this.source = source;
      this.realSource = realSource;
    }

    /** The task root itself may lie below the folder it is filled from. */
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      boolean leaveOut =
          !folder.equals(source)
              && (NOT_CODE.contains(String.valueOf(folder.getFileName()))
                  || folder.toRealPath().equals(root));
      return leaveOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isSymbolicLink()) {
        requireInside(file, realSource);
      }
      if (Files.isRegularFile(file)) {
        copy(file, root.resolve(source.relativize(file).toString()), source);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
