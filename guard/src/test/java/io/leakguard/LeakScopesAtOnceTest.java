package io.leakguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks that run at the same time on two threads, step by step. */
class LeakScopesAtOnceTest {
  private final BlockedThreads blocked = new BlockedThreads();
  private final Steps a = new Steps("runner-a");
  private final Steps b = new Steps("runner-b");
  private final LeakCheck check = LeakCheck.builder().grace(Duration.ZERO).build();
  private final ScopeRegistry registry = new ScopeRegistry();
  private final LeakCheck apart =
      LeakCheck.builder().grace(Duration.ZERO).registry(registry).build();

  @AfterEach
  void end() {
    blocked.close();
    a.end();
    b.end();
  }

  @Test
  void leakOfOne_isNotChargedToTheOther() {
    LeakScope first = a.call(() -> check.begin("first", null));
    LeakScope second = b.call(() -> check.begin("second", null));
    a.call(() -> blocked.start("order-writer"));

    assertThat(b.call(second::end).isEmpty()).isTrue();
    assertThat(a.call(first::end).threads()).isEqualTo(1);
  }

  @Test
  void leakOfNobodyKnown_isReportedByTheLastWithoutABlame() {
    LeakScope first = a.call(() -> apart.begin("first", null));
    LeakScope second = b.call(() -> apart.begin("second", null));
    blocked.start("order-writer");

    assertThat(a.call(first::end).isEmpty()).isTrue();
    LeakReport last = b.call(second::end);

    assertThat(last.groups()).isEmpty();
    assertThat(last.unattributed()).hasSize(1);
    assertThat(last.toString())
        .startsWith("1 thread outlived second or what ran at the same time\n  order-writer x1");
  }

  @Test
  void leakOfNobodyKnown_whereOneRan_isChargedToIt() {
    LeakScope first = a.call(() -> apart.begin("first", null));
    LeakScope second = b.call(() -> apart.begin("second", null));
    a.call(first::end);
    blocked.start("order-writer");

    assertThat(b.call(second::end).threads()).isEqualTo(1);
  }

  @Test
  void leakOfNobodyKnown_whereThePartsAreOfOne_isChargedToTheInnermost() {
    LeakScope outer = a.call(() -> apart.begin("outer", null));
    LeakScope inner = b.call(() -> apart.begin("inner", outer));
    blocked.start("order-writer");

    assertThat(b.call(inner::end).threads()).isEqualTo(1);
    assertThat(a.call(outer::end).isEmpty()).isTrue();
  }

  @Test
  void whatALeakedThreadCreates_isNotChargedToTheNextCheck() {
    LeakScope first = a.call(() -> check.begin("first", null));
    Steps leaked = a.call(() -> new Steps("leaked"));
    assertThat(a.call(first::end).threads()).isEqualTo(1);

    LeakScope next = b.call(() -> check.begin("next", null));
    leaked.call(() -> blocked.start("order-writer"));
    LeakReport report = b.call(next::end);
    leaked.end();

    assertThat(report.isEmpty()).isTrue();
  }

  /** A thread that does one thing after the other. */
  private static final class Steps {
    private final LinkedBlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run);
    private volatile boolean ended;

    Steps(String name) {
      thread.setName(name);
      thread.setDaemon(true);
      thread.start();
    }

    private void run() {
      try {
        while (!ended) {
          steps.take().run();
        }
      } catch (InterruptedException e) {
        ended = true;
      }
    }

    <T> T call(Callable<T> step) {
      FutureTask<T> task = new FutureTask<>(step);
      steps.add(task);
      try {
        return task.get();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    void end() {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
