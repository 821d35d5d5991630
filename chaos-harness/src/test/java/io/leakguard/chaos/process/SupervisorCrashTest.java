package io.leakguard.chaos.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The harness itself is killed with {@code kill -9}: nobody is left to clean up. */
class SupervisorCrashTest {

  /** What the test runs in a JVM of its own, to be killed. */
  static final class Harness {
    private Harness() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      Supervisor supervisor = Supervisor.start();
      Command sleep =
          new Command(List.of("sleep", "300"), Map.of(), Path.of("/"), Command.Streams.PLAIN);
      ChildProcess running = supervisor.spawn(sleep);
      ChildProcess frozen = supervisor.spawn(sleep);
      frozen.freeze();
      while (!frozen.isFrozen()) {
        Thread.sleep(5);
      }
      Path escapedPid = supervisor.scratch().resolve("pid");
      supervisor.spawn(
          new Command(
              List.of(
                  "/bin/sh",
                  "-c",
                  "trap '' TERM INT HUP; setsid sh -c 'echo $$ >pid.new; mv pid.new pid; sleep 300'"
                      + " & wait"),
              Map.of("PATH", System.getenv("PATH")),
              supervisor.scratch(),
              Command.Streams.NONE));
      while (!Files.exists(escapedPid)) {
        Thread.sleep(5);
      }
      String line =
          running.pid()
              + " "
              + frozen.pid()
              + " "
              + supervisor.scratch()
              + " "
              + Files.readString(escapedPid).strip()
              + "\n";
      Files.writeString(Path.of("/dev/stdout"), line);
      Thread.sleep(300_000);
    }
  }

  @Test
  void killedHarness_leavesNoProcessAndNoFolder() throws IOException {
    Process harness =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Harness.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String[] said;
    try (BufferedReader reader = harness.inputReader(UTF_8)) {
      said = reader.readLine().split(" ");
    } finally {
      harness.destroyForcibly();
    }
    assertThat(said).hasSize(4);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                isGone(Long.parseLong(said[0]))
                    && isGone(Long.parseLong(said[1]))
                    && isGone(Long.parseLong(said[3]))
                    && Files.notExists(Path.of(said[2])));
  }

  /** A zombie is gone for all purposes: it waits for its new parent to notice. */
  private static boolean isGone(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException e) {
      return true;
    }
  }
}
