package io.leakguard.chaos.fleet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/** Runs the real guard in a JVM of its own and hands on what it prints. */
public final class RealGuard {
  /** Why tests are skipped where it is not. */
  public static final String MISSING = "the guard is not built: mvn -pl guard compile";

  private static final Path GUARD = Path.of("../guard/target/classes");
  private static final String SOURCE =
      """
      import com.amazonaws.services.lambda.runtime.RequestHandler;
      import io.leakguard.LeakGuard;
      import java.util.concurrent.CountDownLatch;

      public class Orders {
        public static void main(String[] invocations) {
          RequestHandler<String, String> handler =
              LeakGuard.wrap((order, context) -> process(order));
          for (String invocation : invocations) {
            handler.handleRequest(invocation, null);
          }
          System.exit(0);
        }

        private static String process(String order) {
          if (order.equals("leak")) {
            new Thread(Orders::forget, "order-writer-" + System.nanoTime() % 1000).start();
          }
          return order;
        }

        private static void forget() {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      """;

  private final Path folder;

  /**
   * Compiles the function.
   *
   * @param folder an empty one
   */
  public RealGuard(Path folder) throws IOException {
    this.folder = folder;
    Path source = Files.writeString(folder.resolve("Orders.java"), SOURCE);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath(), "-d", folder.toString(), source.toString());
    if (failed != 0) {
      throw new IllegalStateException("the function does not compile");
    }
  }

  /** Whether there is a guard to run. */
  public static boolean isBuilt() {
    return Files.isDirectory(GUARD);
  }

  private String classPath() {
    return String.join(
        File.pathSeparator,
        folder.toString(),
        GUARD.toString(),
        System.getProperty("java.class.path"));
  }

  /** What an environment prints, a line each, that sees these invocations. */
  public List<String> lines(Map<String, String> variables, String... invocations)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath(),
            "Orders");
    builder.command().addAll(List.of(invocations));
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).start();
    try {
      List<String> lines =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new UncheckedIOException(new IOException(String.join("\n", lines)));
      }
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }
}
