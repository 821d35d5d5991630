package io.leakguard.diagnosis;

import java.util.concurrent.locks.LockSupport;

/** A real thread in a state of its own choice, until it is ended. */
final class StuckThread implements AutoCloseable {
  /** Code that waits for something that does not come. */
  interface Body {
    void run() throws Exception;
  }

  private final Thread thread;
  private final Body release;

  private StuckThread(Thread thread, Body release) {
    this.thread = thread;
    this.release = release;
  }

  /** Starts a thread that an interrupt ends. */
  static StuckThread start(Body body) {
    return start(body, () -> {});
  }

  /** Starts a thread that ends after {@code release} and an interrupt. */
  static StuckThread start(Body body, Body release) {
    Thread thread = new Thread(() -> runQuietly(body), "stuck");
    thread.setDaemon(true);
    thread.start();
    return new StuckThread(thread, release);
  }

  /** Starts a virtual thread; by reflection, since tests compile for JDK 17. */
  static StuckThread startVirtual(Body body, Body release) throws ReflectiveOperationException {
    Runnable task = () -> runQuietly(body);
    Object thread = Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    return new StuckThread((Thread) thread, release);
  }

  private static void runQuietly(Body body) {
    try {
      body.run();
    } catch (Exception e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks until the diagnosis is this one, or as long as a slow machine may need to get there. */
  Diagnosis diagnosis(String expected) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    Diagnosis seen = Diagnosis.of(facts());
    while (!seen.kind().equals(expected) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      seen = Diagnosis.of(facts());
    }
    return seen;
  }

  /** Looks until the owner is of this kind, or as long as a slow machine may need. */
  Owner owner(Owner.Kind expected) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    Owner seen = Owner.of(thread, facts());
    while (seen.kind() != expected && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
      seen = Owner.of(thread, facts());
    }
    return seen;
  }

  Thread thread() {
    return thread;
  }

  ThreadFacts facts() {
    return ThreadFacts.of(thread);
  }

  @Override
  public void close() {
    try {
      release.run();
      thread.interrupt();
      thread.join(10_000);
    } catch (Exception e) {
      throw new AssertionError("the stuck thread cannot be ended", e);
    }
    if (thread.isAlive()) {
      throw new AssertionError("the test leaves a thread behind: " + ThreadFacts.of(thread));
    }
  }
}
