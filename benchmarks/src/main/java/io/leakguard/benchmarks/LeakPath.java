package io.leakguard.benchmarks;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.leakguard.LeakGuard;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * What the end of an invocation costs that has left a thousand threads behind, beside one {@link
 * Thread#getAllStackTraces} of the same JVM at the same moment.
 *
 * <p>Each round leaves threads of a new name, so each writes a full report. The settle wait is
 * switched off: it is no work. The first round loads the metrics library and is told apart.
 */
public final class LeakPath {
  private static final int THREADS = 1_000;
  private static final int DEPTH = 20;

  private final PrintStream console = System.out;
  private final RequestHandler<String, String> guarded =
      LeakGuard.builder().settle(Duration.ZERO).build().wrap((name, context) -> leak(name));
  private final List<Thread> leaked = new ArrayList<>();
  private CountDownLatch release;
  private long handlerEnded;

  private LeakPath() {}

  /**
   * Runs the rounds.
   *
   * @param args the number of rounds, 30 if absent
   */
  public static void main(String[] args) throws InterruptedException {
    new LeakPath().run(args.length == 0 ? 30 : Integer.parseInt(args[0]));
  }

  private void run(int rounds) throws InterruptedException {
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), true));
    guarded.handleRequest("", null);
    double[] reports = new double[rounds];
    double[] traces = new double[rounds];
    double first = round(0, traces, 0);
    for (int i = 0; i < rounds; i++) {
      reports[i] = round(i + 1, traces, i);
    }
    // The first half warms both up.
    double report = Median.of(Arrays.copyOfRange(reports, rounds / 2, rounds));
    double trace = Median.of(Arrays.copyOfRange(traces, rounds / 2, rounds));
    console.printf(
        Locale.ROOT,
        "report of %d leaked threads: %.1f ms, Thread.getAllStackTraces: %.1f ms, ratio %.2f;"
            + " the first report of the JVM: %.0f ms%n",
        THREADS,
        report,
        trace,
        report / trace,
        first);
  }

  private double round(int number, double[] traces, int at) throws InterruptedException {
    String name = "leaked-" + Character.toString('g' + number / 20) + (char) ('g' + number % 20);
    long before = System.nanoTime();
    guarded.handleRequest(name, null);
    double report = (System.nanoTime() - Math.max(before, handlerEnded)) / 1e6;
    before = System.nanoTime();
    Thread.getAllStackTraces();
    traces[at] = (System.nanoTime() - before) / 1e6;
    release.countDown();
    for (Thread thread : leaked) {
      thread.join();
    }
    leaked.clear();
    guarded.handleRequest("", null);
    return report;
  }

  private String leak(String name) {
    if (!name.isEmpty()) {
      release = new CountDownLatch(1);
      CountDownLatch waiting = new CountDownLatch(THREADS);
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(() -> await(DEPTH, waiting), name + "-" + i);
        leaked.add(thread);
        thread.start();
      }
      awaitAll(waiting);
    }
    handlerEnded = System.nanoTime();
    return name;
  }

  private void await(int depth, CountDownLatch waiting) {
    if (depth > 0) {
      await(depth - 1, waiting);
      return;
    }
    waiting.countDown();
    awaitAll(release);
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
