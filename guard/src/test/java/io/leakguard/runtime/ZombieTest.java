package io.leakguard.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that leaked threads keep alive after the runtime client has left its loop. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime client's native part is for Linux")
class ZombieTest {
  private static final String BREAKS = "LeakGuard: the runtime has left its loop and 4 leaked";

  private static TaskRoot root;

  @BeforeAll
  static void layOut(@TempDir Path folder) throws IOException {
    root = TaskRoot.in(folder);
  }

  private static Environment start(String breaker) throws IOException {
    return new Environment(
        root, Modes.Zombie.class.getName(), Map.of("LEAKGUARD_BREAKER", breaker));
  }

  private static void leakAndExhaust(Environment lambda, int leaks) {
    for (int i = 0; i < leaks; i++) {
      lambda.invoke("\"leak\"");
    }
    assertThat(lambda.invoke("\"exhaust\"").body()).contains("OutOfMemoryError");
  }

  @Test
  void outOfMemory_afterALeak_withoutTheBreaker_leavesAZombie() throws IOException {
    try (Environment lambda = start("false")) {
      leakAndExhaust(lambda, 4);
      lambda.awaitPrinted(Modes.Zombie.LOOP_HAS_ENDED);
      assertThat(lambda.isAlive()).isTrue();
      assertThat(lambda.printed()).doesNotContain(BREAKS);
    }
  }

  @Test
  void outOfMemory_afterALeak_withTheBreaker_endsTheJvm() throws Exception {
    try (Environment lambda = start("true")) {
      leakAndExhaust(lambda, 4);
      assertThat(lambda.exitStatus()).isEqualTo(1);
      assertThat(lambda.printed()).contains(Modes.Zombie.LOOP_HAS_ENDED, BREAKS);
      assertThat(lambda.documents()).noneMatch(line -> line.contains("leakguard-breaker"));
    }
  }

  @Test
  void outOfMemory_withoutALeak_withTheBreaker_isLeftToTheRuntime() throws Exception {
    try (Environment lambda = start("true")) {
      leakAndExhaust(lambda, 0);
      assertThat(lambda.exitStatus()).isZero();
      assertThat(lambda.printed()).doesNotContain("LeakGuard:");
    }
  }
}
