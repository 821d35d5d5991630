package io.leakguard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * What the function's artifact says about the commit that it was built from.
 *
 * <p>Read once, with the first report. Only the handler's own jar or folder and the task root are
 * asked, not the class path: libraries ship a {@code git.properties} of their own.
 *
 * <p>Guarded by the monitor's check lock.
 */
final class Artifact {
  static final String PROPERTIES = "git.properties";

  /** The manifest of a signed jar lists every entry. */
  private static final int MOST_BYTES = 1024 * 1024;

  /** As git-commit-id-maven-plugin and Spring Boot's build plugins write them. */
  private static final String[] KEYS = {"git.commit.id.abbrev", "git.commit.id"};

  /** What builds write into manifests; there is no standard name. */
  private static final String[] ATTRIBUTES = {
    "Git-Commit", "Git-Commit-Id", "Implementation-SCM-Revision", "SCM-Revision"
  };

  private final Class<?> handler;

  /** Null until it was looked for. */
  private String found;

  /**
   * Looks at nothing yet.
   *
   * @param handler a class of the function; null where none is known
   */
  Artifact(Class<?> handler) {
    this.handler = handler;
  }

  /** Returns the commit; empty where nothing says it. */
  String commit(Look look) {
    if (look.settings().commit().isEmpty() && found == null) {
      found = find(look.host());
    }
    return knownCommit(look);
  }

  /** Returns the commit as far as it is known without reading a file. */
  String knownCommit(Look look) {
    String told = look.settings().commit();
    return told.isEmpty() && found != null ? found : told;
  }

  private String find(Host host) {
    try {
      String commit = commitAt(location());
      String root = host.variable("LAMBDA_TASK_ROOT");
      return commit.isEmpty() && root != null ? commitAt(Path.of(root)) : commit;
    } catch (IOException | URISyntaxException | RuntimeException unreadable) {
      // The report itself matters more than where its code came from.
      return "";
    }
  }

  /** Returns the handler's jar or folder; null where its loader does not tell. */
  private Path location() throws URISyntaxException {
    CodeSource source = handler == null ? null : handler.getProtectionDomain().getCodeSource();
    if (source == null || !"file".equals(source.getLocation().getProtocol())) {
      return null;
    }
    return Path.of(source.getLocation().toURI());
  }

  private static String commitAt(Path place) throws IOException {
    if (place == null) {
      return "";
    }
    if (Files.isDirectory(place)) {
      return inFolder(place);
    }
    return Files.isRegularFile(place) ? inJar(place) : "";
  }

  private static String inFolder(Path folder) throws IOException {
    String commit = "";
    Path properties = folder.resolve(PROPERTIES);
    if (Files.isRegularFile(properties)) {
      try (InputStream in = Files.newInputStream(properties)) {
        commit = ofProperties(in);
      }
    }
    Path manifest = folder.resolve(JarFile.MANIFEST_NAME);
    if (commit.isEmpty() && Files.isRegularFile(manifest)) {
      try (InputStream in = Files.newInputStream(manifest)) {
        commit = ofManifest(in);
      }
    }
    return commit;
  }

  private static String inJar(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      String commit = "";
      ZipEntry properties = jar.getEntry(PROPERTIES);
      if (properties != null) {
        try (InputStream in = jar.getInputStream(properties)) {
          commit = ofProperties(in);
        }
      }
      ZipEntry manifest = jar.getEntry(JarFile.MANIFEST_NAME);
      if (commit.isEmpty() && manifest != null) {
        try (InputStream in = jar.getInputStream(manifest)) {
          commit = ofManifest(in);
        }
      }
      return commit;
    }
  }

  private static InputStream bounded(InputStream in) throws IOException {
    return new ByteArrayInputStream(in.readNBytes(MOST_BYTES));
  }

  private static String ofProperties(InputStream in) throws IOException {
    Properties properties = new Properties();
    properties.load(bounded(in));
    for (String key : KEYS) {
      String value = properties.getProperty(key, "").strip();
      if (Settings.isCommit(value)) {
        return value;
      }
    }
    return "";
  }

  private static String ofManifest(InputStream in) throws IOException {
    Attributes attributes = new Manifest(bounded(in)).getMainAttributes();
    for (String name : ATTRIBUTES) {
      String value = attributes.getValue(name);
      if (value != null && Settings.isCommit(value.strip())) {
        return value.strip();
      }
    }
    return "";
  }
}
