package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Many invocations cost no memory that stays. */
class MemoryTest {
  private final LeakMonitor monitor = new LeakMonitor();
  private final FakeHost host = new FakeHost();
  private final Settings settings = Settings.defaults();

  private void invoke() {
    monitor.end(monitor.begin(null, settings, host), null, settings, host);
  }

  @Test
  void check_cleanInvocation_allocatesNothingOfItsOwn() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AllocationInAJvmOfItsOwn.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();

      // What the sampled looks at descriptors read, one in 64 at most, and have no use for after.
      assertThat(Long.parseLong(said.strip())).isLessThan(200);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void check_threadsOfManyNamesComeAndGo_remembersABoundedNumber() {
    invoke();
    for (int i = 0; i < 1_500; i++) {
      long ticket = monitor.begin(null, settings, host);
      BlockedThread thread = BlockedThread.start("name-" + letters(i));
      monitor.end(ticket, null, settings, host);
      thread.release();
    }
    invoke();
    invoke();

    assertThat(host.lines().size()).isGreaterThan(1_500);
    assertThat(monitor.rememberedGroups()).isLessThanOrEqualTo(1_000);
  }

  /** A name without digits: those would be taken out. */
  static String letters(int number) {
    StringBuilder name = new StringBuilder();
    for (int rest = number; name.length() < 4; rest /= 20) {
      name.append((char) ('g' + rest % 20));
    }
    return name.toString();
  }
}
