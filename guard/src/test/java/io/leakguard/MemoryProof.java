package io.leakguard;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Locale;

/**
 * Measures what a million invocations leave in the heap, ten thousand of which leave a thread of a
 * name of its own behind.
 */
final class MemoryProof {
  private static final int INVOCATIONS = 1_000_000;
  private static final int FINGERPRINTS = 10_000;
  private static final int WARM_UP = 200;
  private static final long LIMIT = 1 << 20;

  private final LeakMonitor monitor = new LeakMonitor();
  private final Settings settings = Settings.defaults();
  private final Host host = new QuietHost();
  private int names;

  private MemoryProof() {}

  /** Prints the figures; ends with status 1 if it is more than a megabyte. */
  public static void main(String[] args) {
    MemoryProof proof = new MemoryProof();
    proof.invokeIdle();
    for (int i = 0; i < WARM_UP; i++) {
      proof.invokeLeaking();
    }
    long before = retained();
    for (int i = 0; i < INVOCATIONS; i++) {
      if (i % (INVOCATIONS / FINGERPRINTS) == 0) {
        proof.invokeLeaking();
      } else {
        proof.invokeIdle();
      }
    }
    long more = retained() - before;
    System.out.printf(
        Locale.ROOT,
        "%d invocations, %d fingerprints, %d remembered: %.0f KB more in the heap%n",
        INVOCATIONS,
        FINGERPRINTS,
        proof.monitor.rememberedGroups(),
        more / 1024.0);
    System.exit(more <= LIMIT ? 0 : 1);
  }

  private void invokeIdle() {
    monitor.end(monitor.begin(null, settings, host), null, settings, host);
  }

  private void invokeLeaking() {
    long ticket = monitor.begin(null, settings, host);
    BlockedThread thread = BlockedThread.start("name-" + MemoryTest.letters(names++));
    monitor.end(ticket, null, settings, host);
    thread.release();
  }

  private static long retained() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** A host that prints nowhere and whose time passes in waits alone. */
  private static final class QuietHost implements Host {
    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    private long nanos = 1;

    @Override
    public String variable(String name) {
      return null;
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public void pause(long pause) {
      nanos += pause;
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public PrintStream out() {
      return nowhere;
    }

    @Override
    public void log(String line) {}
  }
}
