package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commit a report names, with a handler that lies in an artifact of its own. */
class ArtifactTest {
  /** Stands for a function's handler: a class that the artifact brings. */
  static final class Handler {}

  private static final String CLASS = Handler.class.getName().replace('.', '/') + ".class";
  private static final String PLUGIN =
      "git.branch=main\ngit.commit.id.abbrev=5e2f0ab\ngit.commit.id=5e2f0ab9c1\n";

  @TempDir Path folder;
  private final FakeHost host = new FakeHost();
  private final List<URLClassLoader> loaders = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  private Look look() {
    Settings settings = new EnvironmentSettings(host, false).settings();
    return new Look(true, 1, 1, 0, "request-1", null, settings, host);
  }

  private String commit(Class<?> handler) {
    return new Artifact(handler).commit(look());
  }

  private Class<?> inJar(Map<String, String> texts) throws Exception {
    Path jar = folder.resolve("orders.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
        entry(entries, text.getKey(), text.getValue().getBytes(StandardCharsets.UTF_8));
      }
      entry(entries, CLASS, bytesOfTheHandler());
    }
    return loaded(jar);
  }

  private static void entry(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.write(bytes);
    jar.closeEntry();
  }

  private Class<?> inFolder(Map<String, String> texts) throws Exception {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Path file = folder.resolve(text.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, text.getValue());
    }
    Path file = folder.resolve(CLASS);
    Files.createDirectories(file.getParent());
    Files.write(file, bytesOfTheHandler());
    return loaded(folder);
  }

  private static byte[] bytesOfTheHandler() throws IOException {
    try (var in = ArtifactTest.class.getResourceAsStream("/" + CLASS)) {
      return in.readAllBytes();
    }
  }

  private Class<?> loaded(Path place) throws Exception {
    URLClassLoader loader =
        new URLClassLoader(new URL[] {place.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    loaders.add(loader);
    return loader.loadClass(Handler.class.getName());
  }

  @Test
  void commit_gitProperties_ofAJarAndOfAFolder() throws Exception {
    Map<String, String> files = Map.of("git.properties", PLUGIN);

    assertThat(commit(inJar(files))).isEqualTo("5e2f0ab");
    assertThat(commit(inFolder(files))).isEqualTo("5e2f0ab");
  }

  @Test
  void commit_longIdOnly_isUsed() throws Exception {
    assertThat(commit(inJar(Map.of("git.properties", "git.commit.id=5e2f0ab9c1"))))
        .isEqualTo("5e2f0ab9c1");
  }

  @Test
  void commit_manifest_ofAJarAndOfAFolder() throws Exception {
    Map<String, String> files =
        Map.of(
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\r\nImplementation-SCM-Revision: 77ab3\r\n\r\n");

    assertThat(commit(inJar(files))).isEqualTo("77ab3");
    assertThat(commit(inFolder(files))).isEqualTo("77ab3");
  }

  @Test
  void commit_variable_wins() throws Exception {
    host.variable("LEAKGUARD_COMMIT", "from-env");

    assertThat(commit(inJar(Map.of("git.properties", PLUGIN)))).isEqualTo("from-env");
  }

  @Test
  void commit_frameworksHandler_takesTheTaskRoot() throws Exception {
    Path root = Files.createDirectories(folder.resolve("task"));
    Files.writeString(root.resolve("git.properties"), PLUGIN);
    host.variable("LAMBDA_TASK_ROOT", root.toString());

    assertThat(commit(inJar(Map.of()))).isEqualTo("5e2f0ab");
    assertThat(commit(null)).isEqualTo("5e2f0ab");
    assertThat(commit(String.class)).isEqualTo("5e2f0ab");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "git.commit.id.abbrev=",
        "git.commit.id.abbrev=${git.commit.id.abbrev}",
        "git.commit.id.abbrev=a b",
        "git.commit.id.abbrev=\\u00",
        "git.commit.id=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
      })
  void commit_nothingThatIsOne_isEmpty(String properties) throws Exception {
    assertThat(commit(inJar(Map.of("git.properties", properties)))).isEmpty();
  }

  @Test
  void commit_nothingKnown_isEmpty() {
    assertThat(commit(null)).isEmpty();
    assertThat(commit(ArtifactTest.class)).isEmpty();
  }

  @Test
  void knownCommit_readsNoFile() throws Exception {
    Artifact artifact = new Artifact(inJar(Map.of("git.properties", PLUGIN)));

    assertThat(artifact.knownCommit(look())).isEmpty();
    assertThat(artifact.commit(look())).isEqualTo("5e2f0ab");
    assertThat(artifact.knownCommit(look())).isEqualTo("5e2f0ab");
  }

  @Test
  void report_taskRootWithACommit_namesIt() throws Exception {
    Files.writeString(folder.resolve("git.properties"), PLUGIN);
    host.variable("LAMBDA_TASK_ROOT", folder.toString());
    BlockedThread[] leaked = new BlockedThread[1];
    new Invoker(host).invoke(() -> leaked[0] = BlockedThread.start("order-writer"));
    leaked[0].release();

    assertThat(EmfDocument.parse(host.lines().get(0)).get("commit").asText()).isEqualTo("5e2f0ab");
  }
}
