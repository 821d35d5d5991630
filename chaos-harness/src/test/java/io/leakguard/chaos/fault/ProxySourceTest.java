package io.leakguard.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxySourceTest {
  @TempDir private Path folder;

  private final List<String> notices = new ArrayList<>();

  private Path program(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String failureOfGo(String script) throws IOException {
    Path go = program("go", script);
    Path target = folder.resolve("cache").resolve("server");
    long start = System.nanoTime();
    String[] message = new String[1];
    assertThatThrownBy(() -> GoInstall.install(go, target, notices::add))
        .isInstanceOf(IOException.class)
        .satisfies(failure -> message[0] = failure.getMessage());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(folder.resolve("cache")).isEmptyDirectory();
    return message[0];
  }

  @Test
  void embedded_startsOneForEachCall() {
    ProxySource source = ProxySource.of(new ProxyChoice.Embedded(), folder, 1, notices::add);
    assertThat(source.description()).isEqualTo("embedded");
    assertThat(notices).isEmpty();
    try (ToxiproxyServer one = source.start(null);
        ToxiproxyServer two = source.start(null)) {
      assertThat(one.version()).isEqualTo("2.12.0");
      assertThat(two.version()).isEqualTo("2.12.0");
    }
  }

  @Test
  void install_takesTheCachedProgram() throws IOException {
    program("toxiproxy-server-2.12.0", "exit 1");
    ProxySource source = ProxySource.of(new ProxyChoice.Install(), folder, 1, notices::add);
    assertThat(source.description())
        .isIn("toxiproxy 2.12.0 (cached)", "toxiproxy 2.12.0 (on the PATH)");
  }

  @Test
  void go_withoutANetwork_saysWhatGoSays() throws IOException {
    assertThat(failureOfGo("echo first; echo 'lookup proxy: no such host' >&2; exit 1"))
        .isEqualTo("lookup proxy: no such host");
    assertThat(notices).isEmpty();
  }

  @Test
  void go_thatDoesNotAnswer_isGivenUp() throws IOException {
    assertThat(failureOfGo("sleep 60")).isEqualTo("no answer within 5 s");
    assertThat(notices).isEmpty();
  }

  @Test
  void go_thatCannotBuild_saysWhatGoSays() throws IOException {
    assertThat(failureOfGo("[ $1 = list ] || { echo needs go1.23; exit 1; }"))
        .isEqualTo("needs go1.23");
    assertThat(notices).hasSize(1);
  }
}
