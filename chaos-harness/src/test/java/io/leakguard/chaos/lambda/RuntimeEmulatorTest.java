package io.leakguard.chaos.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.leakguard.chaos.lambda.handlers.Careless;
import io.leakguard.chaos.process.Ports;
import io.leakguard.chaos.process.Supervisor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code sam build} made, under the emulator that {@code sam local} puts into its container.
 * Runs where {@code LEAKGUARD_SAM_BUILD} names the build's folder and {@code LEAKGUARD_SAM_PYTHON},
 * else {@code python3}, has the SAM CLI.
 */
class RuntimeEmulatorTest {
  private static final Path EVENTS = Path.of("../events");
  private static final Path OPT = Path.of("/opt");
  private static final int INVOCATIONS = 6;

  /** The guard's class that calls the runtime client, as if the client had lost a method. */
  private static final String STRANGER =
      """
      package io.leakguard;
      import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
      final class RuntimeHandler {
        static String className(String name) { return name; }
        static RuntimeHandler load(String name, ClassLoader function) {
          throw new NoSuchMethodError("EventHandlerLoader.loadEventHandler");
        }
        RequestStreamHandler handler() { return null; }
        Class<?> function() { return null; }
      }
      """;

  private Path build;
  private Path program;
  private Supervisor supervisor;

  @BeforeEach
  void find() {
    String folder = System.getenv("LEAKGUARD_SAM_BUILD");
    assumeTrue(folder != null, "not run: LEAKGUARD_SAM_BUILD names no folder of sam build");
    Optional<Path> emulator = Emulator.program();
    assumeTrue(emulator.isPresent(), "not run: LEAKGUARD_SAM_PYTHON has no aws-sam-cli");
    build = Path.of(folder).toAbsolutePath();
    program = emulator.get();
    supervisor = Supervisor.start();
  }

  @AfterEach
  void end() {
    if (supervisor != null) {
      supervisor.close();
    }
  }

  @Test
  void leakingFunction_underTheEmulator_reportsWhatItReportsUnderChaos() throws Exception {
    String event = Files.readString(EVENTS.resolve("http-api-order.json"));
    FunctionConfig function =
        function("LeakyPoolFunction", "io.leakguard.example.LeakyPoolHandler::handleRequest")
            .environment(environment("http://127.0.0.1:" + Ports.free()))
            .build();

    List<JsonObject> expected = chaotic(function, event);
    assertThat(verdicts(expected)).startsWith("ESCAPED").contains("GROWING");

    List<JsonObject> emulated =
        emulated(function, List.of(), event, "stock check failed", expected.size());

    assertThat(emulated.stream().map(RuntimeEmulatorTest::comparable))
        .containsExactlyElementsOf(expected.stream().map(RuntimeEmulatorTest::comparable).toList());
  }

  @Test
  void zeroCodeFunction_withTheLayer_answersAndIsGuarded() throws Exception {
    HttpServer inventory =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    inventory.createContext(
        "/inventory/A-1",
        exchange -> {
          byte[] body = "{\"sku\":\"A-1\",\"available\":7}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    inventory.start();
    try (Emulator emulator =
        start(
            function(
                    "OrdersStockFunction", "io.leakguard.example.OrdersStockHandler::handleRequest")
                .environment(layered("http://127.0.0.1:" + inventory.getAddress().getPort()))
                .build(),
            layer())) {
      String event = Files.readString(EVENTS.resolve("http-api-stock.json"));

      for (int n = 0; n < 3; n++) {
        JsonObject answer = JsonParser.parseString(emulator.invoke(event)).getAsJsonObject();
        assertThat(answer.get("body").getAsString()).isEqualTo("{\"sku\":\"A-1\",\"available\":7}");
      }

      assertThat(emulator.lines())
          .anyMatch(line -> line.startsWith("{\"leakguard\":{"))
          .noneMatch(line -> line.contains("not attached"));
    } finally {
      inventory.stop(0);
    }
  }

  @Test
  void carelessHandler_withTheLayer_isReported() throws Exception {
    Path taskRoot = staged("OrdersStockFunction");
    String file = Careless.class.getName().replace('.', '/') + ".class";
    Files.createDirectories(taskRoot.resolve(file).getParent());
    try (InputStream in = Careless.class.getResourceAsStream("Careless.class")) {
      Files.copy(in, taskRoot.resolve(file));
    }
    assertThat(taskRoot.resolve("lib")).isDirectoryNotContaining("glob:**guard*.jar");
    FunctionConfig function =
        config("OrdersStockFunction", Careless.class.getName(), taskRoot)
            .environment(layered("http://127.0.0.1:1"))
            .build();

    List<JsonObject> documents = emulated(function, layer(), "{}", "done", INVOCATIONS - 1);

    assertThat(documents)
        .anySatisfy(
            document -> {
              assertThat(verdict(document)).isEqualTo("GROWING");
              assertThat(document.get("family").getAsString()).isEqualTo("careless");
            });
  }

  /** As if Lambda had a newer runtime client, with which the guard cannot deal. */
  @Test
  void guardThatCannotStart_isLeftOutOfTheNextStart() throws Exception {
    Path layer = supervisor.scratch().resolve("broken-layer");
    copy(build.resolve("GuardLayer"), layer);
    Path jar;
    try (Stream<Path> jars = Files.list(layer.resolve("java/lib"))) {
      jar = jars.findFirst().orElseThrow();
    }
    Path stranger = compiled("io/leakguard/RuntimeHandler", STRANGER);
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.copy(
          stranger,
          zip.getPath("io/leakguard/RuntimeHandler.class"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    FunctionConfig function =
        function("OrdersStockFunction", "io.leakguard.example.OrdersStockHandler::handleRequest")
            .environment(layered("http://127.0.0.1:1"))
            .build();

    try (Emulator emulator = start(function, at(layer))) {
      String failed = emulator.invoke("{}");
      String answered = emulator.invoke("{}");

      assertThat(failed).contains("errorType");
      assertThat(answered).contains("\"statusCode\":400");
      assertThat(emulator.lines())
          .contains("LeakGuard: not attached: the start before this one failed with it");
    }
  }

  private Path compiled(String name, String source) throws IOException {
    Path file = supervisor.scratch().resolve("stranger/" + name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    String classPath = RuntimeClient.in(Path.of("target/runtime")).classPath();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", "-cp", classPath, file.toString());
    assertThat(code).isZero();
    return file.resolveSibling(file.getFileName().toString().replace(".java", ".class"));
  }

  private List<String> layer() throws Exception {
    return at(build.resolve("GuardLayer"));
  }

  /** Puts a layer where Lambda unpacks it, for one process and what that starts. */
  private List<String> at(Path layer) throws Exception {
    List<String> before =
        List.of(
            "unshare",
            "-rm",
            "/bin/sh",
            "-c",
            "mount --bind \"$0\" /opt && exec \"$@\"",
            layer.toString());
    assumeTrue(
        Stream.of(layer, program, Path.of(System.getProperty("java.home")))
            .noneMatch(path -> path.startsWith(OPT)),
        "not run: what it needs is in /opt itself");
    Process test =
        new ProcessBuilder(Stream.concat(before.stream(), Stream.of("true")).toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeTrue(
        test.waitFor(20, TimeUnit.SECONDS) && test.exitValue() == 0,
        "not run: this machine lets nobody mount a folder on /opt");
    return before;
  }

  private List<JsonObject> emulated(
      FunctionConfig function, List<String> before, String event, String answer, int documents)
      throws Exception {
    try (Emulator emulator = start(function, before)) {
      assertThat(emulator.invoke(event)).contains(answer);
      // With AWS_SAM_LOCAL the first invocation is enough.
      await().untilAsserted(() -> assertThat(documents(emulator.lines())).isNotEmpty());
      for (int n = 1; n < INVOCATIONS; n++) {
        assertThat(emulator.invoke(event)).contains(answer);
      }
      await()
          .untilAsserted(
              () -> assertThat(documents(emulator.lines())).hasSizeGreaterThanOrEqualTo(documents));
      return documents(emulator.lines());
    }
  }

  private Emulator start(FunctionConfig function, List<String> before) throws IOException {
    return Emulator.start(program, before, function, TestLambda.javaUnderTest(), supervisor);
  }

  private List<JsonObject> chaotic(FunctionConfig function, String event) throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    EnvironmentListener listener =
        new EnvironmentListener() {
          @Override
          public void logLine(
              EnvironmentId environment, String requestId, String line, boolean framed) {
            lines.add(line);
          }
        };
    RuntimeClient client = RuntimeClient.in(Path.of("target/runtime"));
    try (LocalLambda lambda =
        LocalLambda.start(supervisor, client, TestLambda.javaUnderTest(), listener)) {
      LocalFunction deployed =
          lambda.deploy(function, FunctionOptions.DEFAULT.withInitTimeout(Duration.ofSeconds(60)));
      for (int n = 0; n < INVOCATIONS; n++) {
        deployed.invoke(event).get(60, TimeUnit.SECONDS);
      }
      assertThat(deployed.awaitIdle(Duration.ofSeconds(20))).isTrue();
    }
    return documents(lines);
  }

  private FunctionConfig.Builder function(String logicalId, String handler) throws IOException {
    return config(logicalId, handler, staged(logicalId));
  }

  private static FunctionConfig.Builder config(String name, String handler, Path taskRoot) {
    return FunctionConfig.builder(name, handler, taskRoot)
        .memoryMegabytes(512)
        .timeout(Duration.ofSeconds(10));
  }

  /** As {@code sam local} sets it. */
  private static Map<String, String> environment(String inventory) {
    return Map.of("AWS_SAM_LOCAL", "true", "INVENTORY_URL", inventory);
  }

  private static Map<String, String> layered(String inventory) {
    Map<String, String> environment = new HashMap<>(environment(inventory));
    environment.put("AWS_LAMBDA_EXEC_WRAPPER", "/opt/leakguard");
    return environment;
  }

  /** A copy in the folder whose processes the supervisor ends, wherever they have moved to. */
  private Path staged(String logicalId) throws IOException {
    Path to = supervisor.scratch().resolve("task-" + logicalId);
    copy(build.resolve(logicalId), to);
    return to;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** The metric documents of the guard; without a framed log they may follow a line without end. */
  private static List<JsonObject> documents(List<String> lines) {
    return lines.stream()
        .filter(line -> line.contains("\"Namespace\":\"LeakGuard\""))
        .map(line -> line.substring(line.indexOf("{\"_aws\"")))
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private static List<String> verdicts(List<JsonObject> documents) {
    return documents.stream().map(RuntimeEmulatorTest::verdict).toList();
  }

  private static String verdict(JsonObject document) {
    return document.has("verdict") ? document.get("verdict").getAsString() : "";
  }

  /** Names of all members, and the values of those that do not differ from run to run. */
  private static List<Object> comparable(JsonObject document) {
    return List.of(
        document.keySet(),
        document.getAsJsonObject("_aws").get("CloudWatchMetrics"),
        Stream.of("fingerprint", "verdict", "kind", "family", "diagnosis", "groupThreads")
            .map(name -> String.valueOf(document.get(name)))
            .toList());
  }
}
