package io.leakguard.chaos;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C and SIGTERM do: the playing ends, and the run gets a moment to write down what is
 * known. Thread-safe.
 */
final class Interruption {
  private static final long LAST_WORDS_SECONDS = 8;

  private final Thread playing;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean shielded;

  private Interruption(Thread playing) {
    this.playing = playing;
  }

  /** Prepares the JVM for the end of the current thread's work. */
  static Interruption ofThisThread() {
    Interruption interruption = new Interruption(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::interrupt, "chaos-interrupt"));
    return interruption;
  }

  private void interrupt() {
    synchronized (this) {
      if (ended.getCount() > 0 && !shielded) {
        playing.interrupt();
      }
    }
    try {
      ended.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What follows is not interrupted: an interrupted thread can write no file. */
  synchronized void shield() {
    shielded = true;
    // One that came too late to end anything.
    Thread.interrupted();
  }

  /** The work has ended; the JVM need not wait. */
  void end() {
    ended.countDown();
  }
}
