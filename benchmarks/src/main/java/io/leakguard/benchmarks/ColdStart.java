package io.leakguard.benchmarks;

import io.leakguard.GuardedHandler;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Starts real JVMs under the real runtime client, a bare and a guarded handler in turn, and prints
 * how much later the first answer of the guarded one arrives: once for the wrapped handler, once
 * for {@link GuardedHandler} before the bare one.
 */
public final class ColdStart {
  private final TaskRoot root;

  private ColdStart(TaskRoot root) {
    this.root = root;
  }

  /**
   * Runs the pairs.
   *
   * @param args the number of pairs, 30 if absent
   */
  public static void main(String[] args) throws Exception {
    int pairs = args.length == 0 ? 30 : Integer.parseInt(args[0]);
    try (TaskRoot root = TaskRoot.create()) {
      new ColdStart(root).compare(pairs);
    }
  }

  private void compare(int pairs) throws Exception {
    compare("wrapped", WrappedHandler.class, pairs);
    compare("GuardedHandler", GuardedHandler.class, pairs);
  }

  private void compare(String name, Class<?> handler, int pairs) throws Exception {
    start(BareHandler.class);
    start(handler);
    Start[] bare = new Start[pairs];
    Start[] guarded = new Start[pairs];
    for (int i = 0; i < pairs; i++) {
      // Which one goes first alternates too: a slow moment of the machine must favour neither.
      if (i % 2 == 0) {
        bare[i] = start(BareHandler.class);
        guarded[i] = start(handler);
      } else {
        guarded[i] = start(handler);
        bare[i] = start(BareHandler.class);
      }
    }
    print("first answer after", name, bare, guarded, Start::millis);
    print("processor time    ", name, bare, guarded, Start::cpuMillis);
  }

  private static void print(
      String what, String name, Start[] bare, Start[] guarded, ToDoubleFunction<Start> figure) {
    double[] added = new double[bare.length];
    Arrays.setAll(added, i -> figure.applyAsDouble(guarded[i]) - figure.applyAsDouble(bare[i]));
    System.out.printf(
        Locale.ROOT,
        "%s: bare %.1f ms, %s %.1f ms; added %.1f ms median, %.1f ms mean of %d pairs%n",
        what,
        Median.of(Arrays.stream(bare).mapToDouble(figure).toArray()),
        name,
        Median.of(Arrays.stream(guarded).mapToDouble(figure).toArray()),
        Median.of(added),
        Arrays.stream(added).average().orElse(0),
        bare.length);
  }

  /**
   * What one start took.
   *
   * @param millis from starting the JVM to its first answer
   * @param cpuMillis processor time of the whole JVM until then, in steps of 10
   */
  private record Start(double millis, double cpuMillis) {}

  private Start start(Class<?> handler) throws Exception {
    try (RuntimeApi api = new RuntimeApi()) {
      ProcessBuilder builder =
          new ProcessBuilder(root.command(handler)).directory(root.code().toFile());
      builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
      builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "cold-start");
      builder.environment().put("LEAKGUARD_HANDLER", BareHandler.class.getName());
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      long begin = System.nanoTime();
      Process process = builder.start();
      try {
        double millis = (api.answered().get(60, TimeUnit.SECONDS) - begin) / 1e6;
        Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return new Start(millis, cpu.toMillis());
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
