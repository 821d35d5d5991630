package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Many invocations cost no memory that stays. */
class MemoryTest {
  private static final int INVOCATIONS = 10_000;

  private final LeakMonitor monitor = new LeakMonitor();
  private final FakeHost host = new FakeHost();
  private final Settings settings = Settings.defaults();

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private void invoke() {
    monitor.end(monitor.begin(null, settings, host), null, settings, host);
  }

  @Test
  void check_cleanInvocation_allocatesNothingOfItsOwn() {
    for (int i = 0; i < INVOCATIONS; i++) {
      invoke();
    }
    Thread[] some = new Thread[1_000];
    ThreadGroup root = Thread.currentThread().getThreadGroup().getParent();
    long start = allocated();
    for (int i = 0; i < INVOCATIONS; i++) {
      root.enumerate(some);
    }
    long enumerateAlone = allocated() - start;
    start = allocated();
    for (int i = 0; i < INVOCATIONS; i++) {
      invoke();
    }
    long guarded = allocated() - start;

    // JDK 21 and newer make an array of all threads for each enumeration; that is not ours. Ours is
    // what the sampled looks at descriptors read, one in 64 at most, and where virtual threads are
    // in
    // use the mark of each beginning: all of it short-lived.
    assertThat(guarded - enumerateAlone).isLessThan(400L * INVOCATIONS);
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
