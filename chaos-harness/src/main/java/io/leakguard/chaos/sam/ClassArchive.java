package io.leakguard.chaos.sam;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** A jar or zip with classes at its root and perhaps jars in {@code lib/}. */
record ClassArchive(Path file) implements ClassSource {

  @Override
  public boolean holds(String classFile) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(classFile) != null || holdsInLibraries(zip, classFile, "lib/");
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  boolean hasEntry(String name) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.getEntry(name) != null;
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  /** Whether a jar in this folder of the archive has the class file. */
  boolean holdsInLibraries(String classFile, String folder) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return holdsInLibraries(zip, classFile, folder);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  /** Its own class alone: a handler in a library of it takes no event of a known type. */
  @Override
  public Optional<byte[]> read(String classFile) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(classFile);
      if (entry == null) {
        return Optional.empty();
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return Optional.of(in.readNBytes(MAX_CLASS_BYTES));
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean holdsInLibraries(ZipFile zip, String classFile, String folder)
      throws IOException {
    for (ZipEntry library : libraries(zip, folder)) {
      try (InputStream bytes = zip.getInputStream(library);
          ZipInputStream entries = new ZipInputStream(bytes)) {
        for (ZipEntry e = entries.getNextEntry(); e != null; e = entries.getNextEntry()) {
          if (e.getName().equals(classFile)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static List<? extends ZipEntry> libraries(ZipFile zip, String folder) {
    return zip.stream()
        .filter(entry -> entry.getName().startsWith(folder) && entry.getName().endsWith(".jar"))
        .filter(entry -> entry.getName().indexOf('/', folder.length()) < 0)
        .collect(Collectors.toList());
  }

  /** Whether the managed runtime, which unpacks it, finds jars in its {@code lib/}. */
  boolean hasLibraries() {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return !libraries(zip, "lib/").isEmpty();
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  @Override
  public List<String> classNames() {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .map(ClassFolder::className)
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  private TemplateException unreadable() {
    return new TemplateException(
        file + " is not a readable jar or zip file", "build it again, or correct CodeUri");
  }
}
