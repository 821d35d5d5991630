package io.leakguard.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Invocations per second of the local Lambda against AWS's own emulator, in turns on one machine:
 * the same guarded handler under the same runtime client and flags, the same caller.
 *
 * <p>The emulator has one environment and breaks under several callers at once, so that one caller
 * is its best; the local Lambda is measured with one caller, and with eight on eight environments.
 */
public final class AgainstEmulator {
  private static final int CALLERS = 8;
  private static final int ROUNDS = 7;
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  private final InetSocketAddress lambda;
  private final InetSocketAddress emulator;
  private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);

  private AgainstEmulator(InetSocketAddress lambda, InetSocketAddress emulator) {
    this.lambda = lambda;
    this.emulator = emulator;
  }

  /**
   * Runs the rounds.
   *
   * @param args the {@code chaos} launcher and the emulator's binary
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 2) {
      System.err.println("needs two arguments: the chaos launcher, and the emulator's binary");
      System.exit(4);
    }
    Class<?> handler = WrappedHandler.class;
    try (TaskRoot root = TaskRoot.create();
        LocalLambda local = LocalLambda.start(Path.of(args[0]), root, handler, CALLERS);
        Emulator aws = Emulator.start(Path.of(args[1]).toAbsolutePath(), root, handler)) {
      new AgainstEmulator(local.address(), aws.address()).compare();
    }
  }

  private void compare() throws Exception {
    try {
      rate(emulator, "function", 1, WARM_UP);
      rate(lambda, LocalLambda.FUNCTION, CALLERS, WARM_UP);
      rate(lambda, LocalLambda.FUNCTION, 1, WARM_UP);
      double[] aws = new double[ROUNDS];
      double[] one = new double[ROUNDS];
      double[] eight = new double[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        aws[i] = rate(emulator, "function", 1, ROUND);
        one[i] = rate(lambda, LocalLambda.FUNCTION, 1, ROUND);
        eight[i] = rate(lambda, LocalLambda.FUNCTION, CALLERS, ROUND);
      }
      System.out.printf(Locale.ROOT, "emulator, one caller: %.0f per second%n", Median.of(aws));
      print("local Lambda, one caller", one, aws);
      print("local Lambda, eight callers", eight, aws);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void print(String what, double[] rates, double[] aws) {
    double[] ratios = new double[rates.length];
    Arrays.setAll(ratios, i -> rates[i] / aws[i]);
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f per second, %.2f times (%.2f to %.2f in %d rounds)%n",
        what,
        Median.of(rates),
        Median.of(ratios),
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow(),
        rates.length);
  }

  private double rate(InetSocketAddress server, String function, int callers, Duration time)
      throws IOException, InterruptedException, ExecutionException {
    List<Caller> open = new ArrayList<>();
    try {
      for (int i = 0; i < callers; i++) {
        open.add(new Caller(server, function));
      }
      List<Callable<Integer>> calls = new ArrayList<>();
      open.forEach(caller -> calls.add(() -> caller.callFor(time)));
      long begin = System.nanoTime();
      int answers = 0;
      for (Future<Integer> each : threads.invokeAll(calls)) {
        answers += each.get();
      }
      return answers * 1e9 / (System.nanoTime() - begin);
    } finally {
      for (Caller caller : open) {
        caller.close();
      }
    }
  }
}
