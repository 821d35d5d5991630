package io.leakguard.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both layouts: modules with build folders, and the zip. */
class InstallationTest {
  @TempDir private Path home;

  private Path file(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  @Test
  void checkout_partsAreInTheModules() throws IOException {
    Path load = file("gatling-simulations/target/dependency/b.jar");
    Path other = file("gatling-simulations/target/dependency/a.jar");
    Path control = file("chaos-controls/target/dependency/c.jar");

    Installation installation = new Installation(home);

    assertThat(installation.loadDriver())
        .containsExactly(home.resolve("gatling-simulations/target/classes"), other, load);
    assertThat(installation.controls())
        .containsExactly(home.resolve("chaos-controls/target/classes"), control);
    assertThat(installation.runtimeClient())
        .isEqualTo(home.resolve("chaos-harness/target/runtime"));
    assertThat(installation.guard().getParent()).isEqualTo(home.resolve("guard-layer/target"));
  }

  @Test
  void unpackedZip_partsAreInLib() throws IOException {
    Path load = file("lib/load/b.jar");
    Path other = file("lib/load/a.jar");
    Path control = file("lib/controls/c.jar");

    Installation installation = new Installation(home);

    assertThat(installation.loadDriver()).containsExactly(other, load);
    assertThat(installation.controls()).containsExactly(control);
    assertThat(installation.runtimeClient()).isEqualTo(home.resolve("lib/runtime"));
    assertThat(installation.guard())
        .isEqualTo(home.resolve("layer/java/lib/guard-layer-" + Installation.VERSION + ".jar"));
  }

  @Test
  void partThatIsMissing_isNamed() throws IOException {
    Files.createDirectories(home.resolve("lib"));
    assertThatThrownBy(() -> new Installation(home).loadDriver())
        .isInstanceOf(UserError.class)
        .hasMessage("the installation is incomplete: cannot read " + home.resolve("lib/load"));
  }
}
