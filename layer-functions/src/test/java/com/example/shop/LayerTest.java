package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leakguard.chaos.lambda.EnvironmentId;
import io.leakguard.chaos.lambda.EnvironmentListener;
import io.leakguard.chaos.lambda.FunctionConfig;
import io.leakguard.chaos.lambda.FunctionOptions;
import io.leakguard.chaos.lambda.JavaInstallation;
import io.leakguard.chaos.lambda.JavaInstallations;
import io.leakguard.chaos.lambda.LocalFunction;
import io.leakguard.chaos.lambda.LocalLambda;
import io.leakguard.chaos.lambda.RuntimeClient;
import io.leakguard.chaos.process.Supervisor;
import io.leakguard.chaos.verdict.GuardReport;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Functions that know nothing of the guard, under AWS's runtime client with the layer and its exec
 * wrapper: they answer, keep their own libraries, and their leak is reported.
 */
class LayerTest implements EnvironmentListener {
  private static final Path TARGET = Path.of("target");
  private static final Path LAYER = Path.of("../guard-layer/target/layer");
  private static final int INVOCATIONS = 8;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private Supervisor supervisor;
  private LocalLambda lambda;

  /** What a function is written with. */
  private enum Framework {
    PLAIN("com.example.shop.PlainHandler"),
    POWERTOOLS("com.example.shop.PowertoolsHandler::handleRequest"),
    SPRING("org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest");

    private final String handler;

    Framework(String handler) {
      this.handler = handler;
    }

    Map<String, String> environment() {
      return this == SPRING
          ? Map.of(
              "MAIN_CLASS",
              "com.example.shop.ShopApplication",
              "SPRING_CLOUD_FUNCTION_DEFINITION",
              "price",
              "SPRING_MAIN_BANNER_MODE",
              "off")
          : Map.of();
    }
  }

  /** The function's own Jackson; Powertools and Spring Cloud Function do not run without one. */
  private enum Jackson {
    NONE,
    OLDER,
    NEWER;

    String expected() {
      String version = System.getProperty("jackson." + name().toLowerCase(Locale.ROOT));
      return this == NONE ? "none" : "jackson-databind-" + version + ".jar " + version;
    }

    void stage(Path lib) throws IOException {
      if (this != NONE) {
        copyJars(TARGET.resolve("jackson-" + name().toLowerCase(Locale.ROOT)), lib, "");
      }
    }
  }

  static Stream<Arguments> functions() {
    JavaInstallations jdks =
        JavaInstallations.find(
            List.of(), System.getenv(), Path.of(System.getProperty("user.home")));
    List<Arguments> cases = new ArrayList<>();
    for (String runtime : List.of("java17", "java25")) {
      jdks.forRuntime(runtime)
          .ifPresent(
              java -> {
                for (Framework framework : Framework.values()) {
                  for (Jackson jackson : Jackson.values()) {
                    if (framework == Framework.PLAIN || jackson != Jackson.NONE) {
                      cases.add(Arguments.of(framework, jackson, runtime, java));
                    }
                  }
                }
              });
    }
    return cases.stream();
  }

  @BeforeEach
  void start() {
    supervisor = Supervisor.start();
    lambda =
        LocalLambda.start(
            supervisor,
            RuntimeClient.in(Path.of("../chaos-harness/target/runtime")),
            JavaInstallation.current(),
            this);
  }

  @AfterEach
  void stop() {
    lambda.close();
    supervisor.close();
  }

  @Override
  public void logLine(EnvironmentId environment, String requestId, String line, boolean framed) {
    lines.add(line);
  }

  @ParameterizedTest(name = "{0}, Jackson {1}, {2}")
  @MethodSource("functions")
  void function_thatKnowsNothingOfTheGuard_answersWithItsLibrariesAndItsLeakIsReported(
      Framework framework, Jackson jackson, String runtime, JavaInstallation java)
      throws Exception {
    LocalFunction function = deploy(framework, jackson, runtime, java);

    for (int n = 1; n <= INVOCATIONS; n++) {
      String body =
          function
              .invoke("{\"order\":\"o-" + n + "\"}")
              .get(60, TimeUnit.SECONDS)
              .outcome()
              .body()
              .toString();
      JsonObject answer = JsonParser.parseString(body).getAsJsonObject();
      assertThat(answer.toString())
          .as("%s", lines)
          .isEqualTo(
              "{\"jackson\":\"%s\",\"order\":\"o-%d\",\"price\":\"17\"}"
                  .formatted(jackson.expected(), n));
    }

    assertThat(lines).noneMatch(line -> line.contains("not attached"));
    // The record of creation is on from the beginning: the first suspect has it.
    assertThat(reports().findFirst().orElseThrow().createdBy())
        .contains("com.example.shop.Shop.price");
    assertThat(reports().filter(GuardReport::growing))
        .anySatisfy(
            report -> {
              assertThat(report.kind()).isEqualTo("thread");
              assertThat(report.family()).isEqualTo("pool-N-thread-N");
            });
    assertThat(lines.stream().filter(line -> line.contains("\"Namespace\":\"Shop\"")).count())
        .isEqualTo(framework == Framework.POWERTOOLS ? INVOCATIONS : 0);
  }

  private Stream<GuardReport> reports() {
    return lines.stream().flatMap(line -> GuardReport.parse(line).stream());
  }

  private LocalFunction deploy(
      Framework framework, Jackson jackson, String runtime, JavaInstallation java)
      throws IOException {
    FunctionConfig config =
        FunctionConfig.builder("Prices", framework.handler, stage(framework, jackson))
            .runtime(runtime)
            .java(java)
            .memoryMegabytes(512)
            .timeout(Duration.ofSeconds(30))
            .environment(framework.environment())
            .execWrapper(LAYER.resolve("leakguard").toAbsolutePath().normalize())
            .build();
    return lambda.deploy(config, FunctionOptions.DEFAULT.withInitTimeout(Duration.ofSeconds(60)));
  }

  /** As the managed runtime has it: classes, jars in lib, and the layer's jars after them. */
  private Path stage(Framework framework, Jackson jackson) throws IOException {
    Path root = supervisor.scratch().resolve("task");
    Path classes = TARGET.resolve("classes");
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = root.resolve(classes.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    Path lib = Files.createDirectories(root.resolve("lib"));
    if (framework != Framework.PLAIN) {
      copyJars(TARGET.resolve("dependency"), lib, "");
    }
    jackson.stage(lib);
    copyJars(LAYER.resolve("java/lib"), lib, "zz-layer-");
    return root;
  }

  /** Of the build's own libraries all but Jackson, which each case brings itself. */
  private static void copyJars(Path from, Path lib, String prefix) throws IOException {
    boolean all = !from.endsWith("dependency");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(from, "*.jar")) {
      for (Path jar : jars) {
        String name = jar.getFileName().toString();
        if (all || !name.startsWith("jackson-")) {
          Files.copy(jar, lib.resolve(prefix + name));
        }
      }
    }
  }
}
