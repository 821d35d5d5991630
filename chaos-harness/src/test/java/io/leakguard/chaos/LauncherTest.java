package io.leakguard.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script, with stand-ins for the programs that tell it about the machine. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../chaos").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private Path bin;

  private record Said(int exitCode, String output) {}

  @BeforeEach
  void makeBin() throws IOException {
    bin = Files.createDirectory(folder.resolve("bin"));
  }

  private void standIn(String name, String script) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void copyOfProject() throws IOException {
    Files.copy(LAUNCHER, folder.resolve("chaos"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    for (String module :
        List.of(
            "guard",
            "guard-layer",
            "lambda-example",
            "gatling-simulations",
            "chaos-controls",
            "chaos-harness")) {
      Files.createDirectories(folder.resolve(module).resolve("src/main"));
      Files.writeString(folder.resolve(module).resolve("pom.xml"), "<project/>");
      Files.createDirectories(folder.resolve(module).resolve("target/classes"));
    }
  }

  private static Said run(Path launcher, Path bin, Path directory, String... arguments)
      throws Exception {
    return run(Map.of(), launcher, bin, directory, arguments);
  }

  private static Said run(
      Map<String, String> variables, Path launcher, Path bin, Path directory, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(variables);
    builder.environment().merge("PATH", bin + ":", (path, first) -> first + path);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Said(process.exitValue(), output);
  }

  private static final String JAVA_17 =
      "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.15\"' >&2; else echo \"ran $*\";"
          + " fi";

  @Test
  void localeWithoutLetters_isReplacedByOneWithThem() throws Exception {
    copyOfProject();
    standIn("java", JAVA_17.replace("ran $*", "ran $LC_ALL"));
    standIn("mvn", "true");
    assertThat(run(Map.of("LC_ALL", "C"), folder.resolve("chaos"), bin, folder, "list").output())
        .contains("ran C.UTF-8");
    assertThat(
            run(Map.of("LC_ALL", "de_DE.utf8"), folder.resolve("chaos"), bin, folder, "list")
                .output())
        .contains("ran de_DE.utf8");
  }

  @Test
  void otherSystem_isNamedWithAContainerCommand() throws Exception {
    standIn("uname", "echo Darwin");
    Said said = run(LAUNCHER, bin, folder, "run");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.output()).contains("this is Darwin").contains("docker run");
    assertThat(said.output().lines().count()).isLessThanOrEqualTo(3);
  }

  @Test
  void oldJdk_isNamedWithItsVersion() throws Exception {
    standIn("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    Said said = run(LAUNCHER, bin, folder, "run");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.output()).contains("needs a JDK 17 or newer: 'java' is 11");
  }

  @Test
  void ancientJdk_isNamedToo() throws Exception {
    standIn("java", "echo 'java version \"1.8.0_202\"' >&2");
    assertThat(run(LAUNCHER, bin, folder, "run").output()).contains("needs a JDK 17 or newer");
  }

  @Test
  void staleProject_isBuiltOnceThenRunFromTheCallersFolder() throws Exception {
    copyOfProject();
    Path old = folder.resolve("chaos-harness/target/dependency/netty-of-the-last-version.jar");
    Files.createDirectories(old.getParent());
    Files.createFile(old);
    standIn("java", JAVA_17);
    standIn("mvn", "echo built >>'" + folder.resolve("builds") + "'");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), folder.resolve("chaos"));

    Said first = run(link, bin, elsewhere, "list");
    Said second = run(link, bin, elsewhere, "list");

    assertThat(first.output()).startsWith("chaos: building LeakGuard").contains("ran ");
    assertThat(first.output()).contains("-Dleakguard.home=" + folder + " ").contains("Main list");
    assertThat(second.output()).doesNotContain("building").contains("ran ");
    assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
    assertThat(old).doesNotExist();
  }

  @Test
  void failedBuild_saysWhyAndWhere() throws Exception {
    copyOfProject();
    standIn("java", JAVA_17);
    standIn("mvn", "echo '[ERROR] no such goal'; exit 1");
    Said said = run(folder.resolve("chaos"), bin, folder, "list");
    assertThat(said.exitCode()).isEqualTo(4);
    assertThat(said.output())
        .contains("the build failed: [ERROR] no such goal")
        .contains("target/chaos-build.log")
        .doesNotContain("ran ");
  }

  @Test
  void unpackedZip_runsItsJarsWithoutABuild() throws Exception {
    Files.copy(LAUNCHER, folder.resolve("chaos"));
    Files.createDirectories(folder.resolve("lib/chaos"));
    standIn("java", JAVA_17);
    standIn("mvn", "echo built; exit 1");
    Said said = run(folder.resolve("chaos"), bin, folder, "list");
    assertThat(said.exitCode()).isZero();
    assertThat(said.output()).contains("-cp " + folder + "/lib/chaos/* ").doesNotContain("built");
    assertThat(folder.resolve("target")).doesNotExist();
  }
}
