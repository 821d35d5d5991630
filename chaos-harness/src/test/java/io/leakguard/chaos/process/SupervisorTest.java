package io.leakguard.chaos.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SupervisorTest {
  private static final Path ROOT = Path.of("/");

  private static Command shell(String script, Map<String, String> environment) {
    return new Command(List.of("/bin/sh", "-c", script), environment, ROOT, Command.Streams.PLAIN);
  }

  @Test
  void spawn_childSeesExactlyItsEnvironment() throws Exception {
    try (Supervisor supervisor = Supervisor.start()) {
      Command command =
          new Command(List.of("/usr/bin/env"), Map.of("A", "1"), ROOT, Command.Streams.PLAIN);
      ChildProcess child = supervisor.spawn(command);
      String output = new String(child.output().readAllBytes(), UTF_8);
      assertThat(output.lines()).contains("A=1").noneMatch(line -> line.startsWith("HOME="));
      assertThat(child.exit().get(5, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void spawn_framedLog_separatesDescriptorThreeFromTheRest() throws Exception {
    try (Supervisor supervisor = Supervisor.start()) {
      ChildProcess child =
          supervisor.spawn(
              new Command(
                  List.of("/bin/sh", "-c", "echo out; echo err >&2; echo frame >&3"),
                  Map.of(),
                  ROOT,
                  Command.Streams.FRAMED_LOG));
      assertThat(new String(child.output().readAllBytes(), UTF_8)).isEqualTo("out\nerr\n");
      assertThat(new String(child.errorOrFramedLog().readAllBytes(), UTF_8)).isEqualTo("frame\n");
    }
  }

  @Test
  void freeze_stopsAndThawContinues() {
    try (Supervisor supervisor = Supervisor.start()) {
      // Not by way of a forking shell: stopped in mid-fork, its parent shows as waiting, not
      // stopped.
      ChildProcess child = supervisor.spawn(shell("exec sleep 60", Map.of()));
      child.freeze();
      await().until(child::isFrozen);
      child.thaw();
      await().until(() -> !child.isFrozen());
      assertThat(child.isAlive()).isTrue();
    }
  }

  @Test
  void close_endsStoppedChildrenAndTheirChildrenAndTheScratchFolder() throws Exception {
    Supervisor supervisor = Supervisor.start();
    ChildProcess child =
        supervisor.spawn(shell("sleep 300 & echo $!; wait", Map.of("PATH", "/usr/bin:/bin")));
    byte[] line = new byte[16];
    long grandchild = Long.parseLong(new String(line, 0, child.output().read(line), UTF_8).trim());
    child.freeze();
    await().until(child::isFrozen);
    Path scratch = supervisor.scratch();

    supervisor.close();

    assertThat(child.isAlive()).isFalse();
    await().until(() -> ProcessHandle.of(grandchild).isEmpty());
    await().until(() -> Files.notExists(scratch));
  }

  @Test
  void childExit_endsWhatTheChildLeftRunning() throws Exception {
    try (Supervisor supervisor = Supervisor.start()) {
      ChildProcess child =
          supervisor.spawn(
              shell("sleep 300 >/dev/null & echo $!", Map.of("PATH", "/usr/bin:/bin")));
      long grandchild = Long.parseLong(new String(child.output().readAllBytes(), UTF_8).trim());
      await().until(() -> ProcessHandle.of(grandchild).isEmpty());
    }
  }

  @Test
  void spawn_afterClose_isRefused() {
    Supervisor supervisor = Supervisor.start();
    supervisor.close();
    assertThatThrownBy(() -> supervisor.spawn(shell("true", Map.of())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void spawn_missingDirectory_saysWhatCouldNotBeStarted() {
    try (Supervisor supervisor = Supervisor.start()) {
      Command command =
          new Command(List.of("true"), Map.of(), Path.of("/no/such"), Command.Streams.PLAIN);
      assertThatThrownBy(() -> supervisor.spawn(command))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("could not start true");
    }
  }
}
