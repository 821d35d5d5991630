package io.leakguard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Measures how often origins are right, wrong and unknown, and what they cost. */
final class OriginsAccuracy {
  private static final int PER_ROUND = 1_600;

  /** Keeps the compiler from leaving a creation out. */
  static volatile Thread last;

  private OriginsAccuracy() {}

  /** Prints one line per number of creators, without and with a foreign creator, then the cost. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println(System.getProperty("java.version"));
    cost("no scope, not armed");
    long began = System.nanoTime();
    Origins.arm();
    System.out.printf("arm: %.2f ms%n", (System.nanoTime() - began) / 1e6);
    cost("armed, no scope");
    Origins.enter("cost", 1);
    cost("armed, in a scope");
    Origins.leave();
    for (int creators : new int[] {1, 2, 8}) {
      accuracy(creators, false);
      accuracy(creators, true);
    }
  }

  /** Few at a time: stacks are taken for 2,048 threads at once and no more. */
  private static void cost(String what) {
    long nanos = 0;
    for (int round = 0; round < 40; round++) {
      System.gc();
      created();
      long began = System.nanoTime();
      for (int i = 0; i < 1_500; i++) {
        last = created();
      }
      nanos += round < 20 ? 0 : System.nanoTime() - began;
    }
    System.out.printf("%s: %.2f us per thread%n", what, nanos / (20 * 1_500e3));
  }

  private static Thread created() {
    return new Thread(OriginsAccuracy::nothing);
  }

  private static void nothing() {}

  private static void accuracy(int creators, boolean withForeign) throws InterruptedException {
    AtomicLong right = new AtomicLong();
    AtomicLong wrong = new AtomicLong();
    AtomicLong unknown = new AtomicLong();
    for (int round = 0; round < 100; round++) {
      AtomicBoolean done = new AtomicBoolean();
      Thread foreign = new Thread(() -> createUntil(done));
      if (withForeign) {
        foreign.start();
      }
      List<Creator> running = new ArrayList<>();
      for (int i = 0; i < creators; i++) {
        running.add(new Creator("creator-" + i, PER_ROUND / creators));
      }
      running.forEach(Thread::start);
      for (Creator creator : running) {
        creator.join();
      }
      done.set(true);
      foreign.join();
      for (Creator creator : running) {
        for (Thread thread : creator.threads) {
          Origin origin = Origins.of(thread);
          (origin == null ? unknown : origin.scope().equals(creator.scope) ? right : wrong)
              .incrementAndGet();
        }
      }
    }
    double all = right.get() + wrong.get() + unknown.get();
    System.out.printf(
        "%d creators%s: %.2f %% right, %.4f %% wrong (%d), %.2f %% unknown%n",
        creators,
        withForeign ? " and one without scope" : "",
        100 * right.get() / all,
        100 * wrong.get() / all,
        wrong.get(),
        100 * unknown.get() / all);
  }

  private static void createUntil(AtomicBoolean done) {
    while (!done.get()) {
      last = created();
    }
  }

  private static final class Creator extends Thread {
    private final List<Thread> threads = new ArrayList<>();
    private final String scope;
    private final int count;

    Creator(String scope, int count) {
      this.scope = scope;
      this.count = count;
    }

    @Override
    public void run() {
      Origins.enter(scope, 1);
      for (int i = 0; i < count; i++) {
        threads.add(created());
      }
      Origins.leave();
    }
  }
}
