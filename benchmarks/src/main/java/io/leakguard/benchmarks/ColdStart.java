package io.leakguard.benchmarks;

import io.leakguard.GuardedHandler;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Starts real JVMs under the real runtime client, a bare and a guarded handler in turn, and prints
 * how much later the first answer of the guarded one arrives: once for the wrapped handler, once
 * for {@link GuardedHandler} before the bare one.
 *
 * <p>Flags and layout are those of Lambda's managed Java runtime: the runtime client on the class
 * path, the function and its libraries in the task root.
 */
public final class ColdStart {
  private static final String LAMBDA = "com.amazonaws.services.lambda.";
  private static final List<String> FLAGS =
      List.of(
          "-XX:MaxHeapSize=445645k",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-XX:+TieredCompilation",
          "-XX:TieredStopAtLevel=1",
          "--add-opens=java.base/java.io=ALL-UNNAMED");

  private static final String JNI_FILE = "libaws-lambda-jni.linux-x86_64.so";
  private static final String JNI_PROPERTY =
      LAMBDA + "runtime.api.client.runtimeapi.NativeClient.JNI";

  private final Path root;
  private final Path jni;
  private final String runtimeClassPath;

  private ColdStart(Path root, Path jni, String runtimeClassPath) {
    this.root = root;
    this.jni = jni;
    this.runtimeClassPath = runtimeClassPath;
  }

  /**
   * Runs the pairs.
   *
   * @param args the number of pairs, 30 if absent
   */
  public static void main(String[] args) throws Exception {
    int pairs = args.length == 0 ? 30 : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("cold-start");
    try {
      prepare(folder).compare(pairs);
    } finally {
      delete(folder);
    }
  }

  /** Lays out a task root: the classes of this module, and in lib everything that guard needs. */
  private static ColdStart prepare(Path folder) throws IOException {
    Path root = Files.createDirectories(folder.resolve("task"));
    Path lib = Files.createDirectories(root.resolve("lib"));
    List<String> runtime = new ArrayList<>();
    for (String entry : classPath()) {
      String name = new File(entry).getName();
      if (name.startsWith("aws-lambda-java-") || name.startsWith("utils-lite")) {
        runtime.add(entry);
      } else if (name.endsWith(".jar") && !isOfJmh(name)) {
        Files.copy(Path.of(entry), lib.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path jni = folder.resolve(JNI_FILE);
    try (InputStream library = ColdStart.class.getResourceAsStream("/jni/" + JNI_FILE)) {
      if (library == null) {
        throw new IllegalStateException("the runtime client is not on the class path");
      }
      Files.copy(library, jni);
    }
    return new ColdStart(root, jni, String.join(File.pathSeparator, runtime));
  }

  /** No function has these; the runtime would open them on its way to the guard. */
  private static boolean isOfJmh(String jar) {
    return jar.startsWith("jmh-") || jar.startsWith("jopt") || jar.startsWith("commons-math3");
  }

  /** Returns the class path with the jar's manifest resolved: lib stands beside the jar. */
  private static List<String> classPath() throws IOException {
    List<String> all = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      all.add(entry);
      Path lib = Path.of(entry).toAbsolutePath().resolveSibling("lib");
      if (entry.endsWith(".jar") && Files.isDirectory(lib)) {
        try (Stream<Path> jars = Files.list(lib)) {
          jars.map(Path::toString).forEach(all::add);
        }
      }
    }
    return all;
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
        median(Arrays.stream(bare).mapToDouble(figure).toArray()),
        name,
        median(Arrays.stream(guarded).mapToDouble(figure).toArray()),
        median(added),
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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-D" + JNI_PROPERTY + "=" + jni);
    Collections.addAll(command, "-cp", runtimeClassPath);
    Collections.addAll(command, LAMBDA + "runtime.api.client.AWSLambda", handler.getName());
    try (RuntimeApi api = new RuntimeApi()) {
      ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
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

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
