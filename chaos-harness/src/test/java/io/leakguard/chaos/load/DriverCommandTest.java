package io.leakguard.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.leakguard.chaos.load.LoadPlan.Burst;
import io.leakguard.chaos.load.LoadPlan.Impatient;
import io.leakguard.chaos.load.LoadPlan.Steady;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DriverCommandTest {
  private static final List<Path> CLASS_PATH = List.of(Path.of("a.jar"), Path.of("b c.jar"));
  private static final Path FOLDER = Path.of("/work");

  @Test
  void jvm_classPathAndFolder_endTheLine() {
    assertThat(DriverCommand.jvm(Path.of("/jdk/bin/java"), 17, CLASS_PATH, FOLDER, 192))
        .startsWith("/jdk/bin/java", "-Xmx192m")
        .contains("--add-opens=java.base/java.lang=ALL-UNNAMED", "-Djava.io.tmpdir=/work")
        .endsWith("-cp", "a.jar:b c.jar", "io.leakguard.load.Driver", "/work");
  }

  @Test
  void jvm_silencers_areGivenOnlyToThoseThatKnowThem() {
    String[] silencers = {
      "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"
    };

    assertThat(DriverCommand.jvm(Path.of("java"), 23, CLASS_PATH, FOLDER, 192))
        .doesNotContain(silencers);
    assertThat(DriverCommand.jvm(Path.of("java"), 24, CLASS_PATH, FOLDER, 192)).contains(silencers);
  }

  @Test
  void line_steady_encodesEveryValue() {
    LoadPlan plan =
        new Steady(
            List.of(URI.create("http://127.0.0.1:1/a?b=1,2&c"), URI.create("http://127.0.0.1:1/ü")),
            3,
            Duration.ofMillis(20),
            List.of("{}"),
            Duration.ofSeconds(5));

    assertThat(DriverCommand.line(plan, Path.of("/some/b&=\n.jsonl")))
        .isEqualTo(
            "simulation=steady"
                + "&target=http%3A%2F%2F127.0.0.1%3A1%2Fa%3Fb%3D1%252C2%26c%2Chttp%3A%2F%2F127.0.0.1%3A1%2F%25C3%25BC"
                + "&invocations=3&pause=20ms&bodies=%2Fsome%2Fb%26%3D%0A.jsonl"
                + "&clientTimeout=5000ms&maxErrorPercent=100");
  }

  @Test
  void line_otherKinds_areNamed() {
    List<URI> targets = List.of(URI.create("http://127.0.0.1:1/"));
    Duration second = Duration.ofSeconds(1);

    assertThat(DriverCommand.line(new Burst(targets, 1, List.of("{}"), second), FOLDER))
        .startsWith("simulation=burst&")
        .contains("&pause=0ms&");
    assertThat(DriverCommand.line(new Impatient(targets, 1, second, List.of("{}"), second), FOLDER))
        .startsWith("simulation=impatient&");
  }
}
