package io.leakguard.junit;

import io.leakguard.LeakCheck;
import io.leakguard.LeakReport;
import io.leakguard.LeakScope;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Proves that a check finds a leak, and that it finds nothing where there is none. */
final class SelfTest {
  static final String SENTINEL = "sentinel-of-the-leak-check";

  private SelfTest() {}

  /**
   * Lets a thread leak, looks for it and ends it; then one that ends, which must not be found.
   *
   * @throws AssertionError if the one is not found or the other is
   */
  static void of(LeakCheck check) {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    try {
      LeakScope scope = check.begin("the self-test", null);
      start(running, release);
      running.await();
      require(
          finds(scope.end(Duration.ZERO)),
          "a thread that leaks on purpose is not found; does a rule ignore all threads?");
      release.countDown();
      LeakScope clean = check.begin("the self-test", null);
      start(running, release);
      require(!finds(clean.end()), "a thread that ends at once is taken for a leak");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      release.countDown();
    }
  }

  private static void start(CountDownLatch running, CountDownLatch release) {
    Thread sentinel = new Thread(() -> run(running, release), SENTINEL);
    sentinel.setDaemon(true);
    sentinel.start();
  }

  private static boolean finds(LeakReport report) {
    return report.groups().stream().anyMatch(group -> group.family().equals(SENTINEL));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError("the leak check's self-test failed: " + otherwise);
    }
  }

  private static void run(CountDownLatch running, CountDownLatch release) {
    running.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
