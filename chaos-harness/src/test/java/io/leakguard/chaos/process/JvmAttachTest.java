package io.leakguard.chaos.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JvmAttachTest {
  private final List<Process> children = new ArrayList<>();

  /** The child: says that it runs, and waits to be killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws InterruptedException {
      Thread parked = new Thread(Child::park, "parked-7");
      parked.start();
      System.out.println("running");
      parked.join();
    }

    static void park() {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The JDK of this test, and others where there are some. */
  static Stream<Path> jdks() throws IOException {
    Set<Path> found = new TreeSet<>();
    found.add(Path.of(System.getProperty("java.home")).toRealPath());
    Path usual = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(usual)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(usual)) {
        for (Path folder : folders) {
          if (Files.isExecutable(folder.resolve("bin/java"))) {
            found.add(folder.toRealPath());
          }
        }
      }
    }
    return found.stream();
  }

  private Process child(Path jdk) throws IOException {
    Process child =
        new ProcessBuilder(
                jdk.resolve("bin/java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName())
            .redirectErrorStream(true)
            .start();
    children.add(child);
    assertThat(child.inputReader().readLine()).isEqualTo("running");
    return child;
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process child : children) {
      child.destroyForcibly().waitFor();
      JvmAttach.forget(child.pid());
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void run_runningJvm_collectsAndTellsHeapAndStacks(Path jdk) throws IOException {
    Process child = child(jdk);
    JvmAttach jvm = new JvmAttach(child.pid());

    assertThat(jvm.run("GC.run")).isBlank();
    assertThat(JvmDump.heapMegabytes(jvm.run("GC.heap_info")).orElseThrow()).isBetween(0.1, 50.0);
    assertThat(JvmDump.stacks(jvm.run("Thread.print")))
        .anySatisfy(
            (stack, count) ->
                assertThat(stack)
                    .startsWith("java.lang.Thread.run(Thread.java:")
                    .contains("JvmAttachTest$Child.park(JvmAttachTest.java:"));
    assertThat(child.isAlive()).isTrue();
  }

  @Test
  void run_anotherCommand_isRefusedWithTheJvmsWords() throws IOException {
    JvmAttach jvm = new JvmAttach(child(Path.of(System.getProperty("java.home"))).pid());
    assertThatThrownBy(() -> jvm.run("No.such"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No.such");
  }

  @Test
  void run_stoppedJvm_isNotAsked() throws Exception {
    Process child = child(Path.of(System.getProperty("java.home")));
    signal("STOP", child);
    Awaitility.await().until(() -> ProcessState.of(child.pid()).isStopped());

    assertThatThrownBy(() -> new JvmAttach(child.pid()).run("GC.run"))
        .hasMessageContaining("is stopped");
    assertThat(Path.of("/tmp/.java_pid" + child.pid())).doesNotExist();
  }

  @Test
  void run_processThatIsGone_throws() throws Exception {
    Process child = child(Path.of(System.getProperty("java.home")));
    child.destroyForcibly().waitFor();
    assertThatThrownBy(() -> new JvmAttach(child.pid()).run("GC.run"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void forget_killedJvm_leavesNothing() throws Exception {
    Process child = child(Path.of(System.getProperty("java.home")));
    new JvmAttach(child.pid()).run("GC.run");
    Path socket = Path.of("/tmp/.java_pid" + child.pid());
    assertThat(socket).exists();
    child.destroyForcibly().waitFor();

    JvmAttach.forget(child.pid());

    assertThat(socket).doesNotExist();
  }

  private static void signal(String name, Process child) throws Exception {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + child.pid()).start().waitFor();
  }
}
