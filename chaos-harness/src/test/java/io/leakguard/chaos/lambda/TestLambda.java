package io.leakguard.chaos.lambda;

import io.leakguard.chaos.lambda.handlers.Handlers;
import io.leakguard.chaos.process.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A Lambda with the real runtime client and the handlers of the tests. */
final class TestLambda implements AutoCloseable {
  private final Supervisor supervisor = Supervisor.start();
  private final Recorder recorder = new Recorder();
  private final LocalLambda lambda;
  private final Path taskRoot;
  private URI endpoint;

  TestLambda() {
    this(javaUnderTest());
  }

  TestLambda(JavaInstallation java) {
    taskRoot = stage(supervisor.scratch().resolve("task"));
    RuntimeClient client = RuntimeClient.in(Path.of("target/runtime"));
    lambda = LocalLambda.start(supervisor, client, java, recorder);
  }

  /** The property runs the same tests on the children of another JDK. */
  static JavaInstallation javaUnderTest() {
    String home = System.getProperty("leakguard.test.child.java.home");
    return home == null ? JavaInstallation.current() : JavaInstallation.in(Path.of(home));
  }

  LocalLambda lambda() {
    return lambda;
  }

  Recorder recorder() {
    return recorder;
  }

  Supervisor supervisor() {
    return supervisor;
  }

  Path taskRoot() {
    return taskRoot;
  }

  synchronized URI endpoint() {
    if (endpoint == null) {
      endpoint = lambda.listen(0);
    }
    return endpoint;
  }

  FunctionConfig.Builder config(String name, String method) {
    return FunctionConfig.builder(name, Handlers.class.getName() + "::" + method, taskRoot)
        .memoryMegabytes(256)
        .timeout(Duration.ofSeconds(20));
  }

  LocalFunction deploy(String name, String method) {
    return deploy(config(name, method), FunctionOptions.DEFAULT);
  }

  LocalFunction deploy(FunctionConfig.Builder config, FunctionOptions options) {
    // Two cores may start eight JVMs at once, beside other work.
    return lambda.deploy(config.build(), options.withInitTimeout(Duration.ofSeconds(60)));
  }

  static InvocationRecord invoke(LocalFunction function, String event) throws Exception {
    return function.invoke(event).get(60, TimeUnit.SECONDS);
  }

  /** A task root as a deployment package has it: classes at its top. */
  private static Path stage(Path root) {
    String folder = Handlers.class.getPackageName().replace('.', '/');
    try {
      Path from = Path.of(Handlers.class.getResource("Handlers.class").toURI()).getParent();
      Path to = Files.createDirectories(root.resolve(folder));
      try (DirectoryStream<Path> classes = Files.newDirectoryStream(from, "*.class")) {
        for (Path one : classes) {
          Files.copy(one, to.resolve(one.getFileName()));
        }
      }
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    lambda.close();
    supervisor.close();
  }
}
