package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@EnabledForJreRange(min = JRE.JAVA_21)
class LeakCheckOfVirtualThreadsTest {
  private final CountDownLatch release = new CountDownLatch(1);
  private final LeakCheck check = LeakCheck.builder().grace(Duration.ofMillis(20)).build();

  @AfterEach
  void end() {
    release.countDown();
  }

  private static Thread startVirtual(Runnable body) {
    try {
      Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
      return (Thread) start.invoke(null, body);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private void stay() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void leakedVirtualThreads_areReportedWithTheirCreator() {
    LeakedThreadsError error =
        catchThrowableOfType(
            LeakedThreadsError.class,
            () ->
                check.check(
                    () -> {
                      for (int i = 0; i < 3; i++) {
                        startVirtual(this::stay);
                      }
                    }));

    assertThat(error.report().groups()).hasSize(1);
    assertThat(error.report().threads()).isEqualTo(3);
    assertThat(error)
        .hasMessageContaining("virtual-thread x3, ")
        .hasMessageContaining("at io.leakguard.LeakCheckOfVirtualThreadsTest.stay")
        .hasMessageContaining(
            "created by io.leakguard.LeakCheckOfVirtualThreadsTest.startVirtual(");
  }

  @Test
  void virtualThreadsThatEnd_areNotReported() {
    check.check(
        () -> {
          for (int i = 0; i < 100; i++) {
            startVirtual(Thread::yield);
          }
        });
  }

  @Test
  void virtualThreadsOfOthers_areNotReported() throws InterruptedException {
    startVirtual(this::stay);

    check.check(() -> startVirtual(Thread::yield).join());
  }
}
