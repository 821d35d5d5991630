package io.leakguard.chaos.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaInstallationsTest {
  @TempDir Path folder;

  @Test
  void forRuntime_exactRelease_comesBeforeNewerOnes() {
    JavaInstallations jdks = JavaInstallations.of(List.of(java(25), java(17), java(21)));

    assertThat(jdks.forRuntime("java21")).contains(java(21));
    assertThat(jdks.forRuntime("java17.al2023")).contains(java(17));
    assertThat(jdks.releases()).containsExactly(17, 21, 25);
  }

  @Test
  void forRuntime_releaseThatIsNotHere_isTheNextNewer() {
    JavaInstallations jdks = JavaInstallations.of(List.of(java(25), java(17)));

    assertThat(jdks.forRuntime("java8.al2")).contains(java(17));
    assertThat(jdks.forRuntime("java21")).contains(java(25));
    assertThat(jdks.forRuntime("java26")).isEmpty();
    assertThat(jdks.forRuntime("python3.12")).isEmpty();
  }

  @Test
  void find_namedThenVariablesThenFolders() throws IOException {
    JavaInstallation named = JavaInstallation.in(jdk("named", "99.0.1"));
    Path variable = jdk("variable", "99");
    Path other = jdk("other", "98");
    Path sdkman = jdk("home/.sdkman/candidates/java/97-tem", "97.0.2");
    jdk("home/.sdkman/candidates/java/current", "98");
    Files.createDirectories(folder.resolve("home/.sdkman/candidates/java/broken"));
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME_99",
            variable.toString(),
            "JAVA_HOME_98_X64",
            other.toString(),
            "JAVA_HOME_96",
            "/no/such/folder");

    JavaInstallations jdks =
        JavaInstallations.find(List.of(named), environment, folder.resolve("home"));

    assertThat(jdks.forRuntime("java99")).contains(named);
    assertThat(jdks.forRuntime("java98")).contains(JavaInstallation.in(other));
    assertThat(jdks.forRuntime("java97")).contains(JavaInstallation.in(sdkman));
    assertThat(jdks.releases()).contains(Runtime.version().feature()).doesNotContain(96);
  }

  private static JavaInstallation java(int release) {
    return new JavaInstallation(Path.of("/jdk" + release + "/bin/java"), release);
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
