package io.leakguard.chaos.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.chaos.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildCommandTest {
  private static final Path CLIENT =
      Path.of("/c/aws-lambda-java-runtime-interface-client-2.9.0.jar");

  private static Command command(int feature) {
    return command(
        feature,
        FunctionConfig.builder("F", "a.B::c", Path.of("/task")).memoryMegabytes(512).build());
  }

  private static Command command(int feature, FunctionConfig config) {
    RuntimeClient client = new RuntimeClient(List.of(Path.of("/c/core.jar"), CLIENT));
    JavaInstallation java = new JavaInstallation(Path.of("/jdk/bin/java"), feature);
    return new ChildCommand(java, client, Path.of("/s/jni.so"))
        .command(
            config, FunctionOptions.DEFAULT, new EnvironmentId("F", 1), 4321, Path.of("/s/tmp"));
  }

  @Test
  void command_isTheManagedRuntimes() {
    Command command = command(17);
    assertThat(command.arguments())
        .containsExactly(
            "/jdk/bin/java",
            "-XX:MaxHeapSize=445645k",
            "-XX:+UseSerialGC",
            "-XX:+TieredCompilation",
            "-XX:TieredStopAtLevel=1",
            "-XX:ActiveProcessorCount=2",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "-XX:+ErrorFileToStderr",
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=/s/jni.so",
            "-Djava.io.tmpdir=/s/tmp",
            "-Duser.home=/home/sbx_user1051",
            "-classpath",
            "/c/core.jar:" + CLIENT,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            "a.B::c");
    assertThat(command.directory()).isEqualTo(Path.of("/task"));
    assertThat(command.environment()).containsEntry("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:4321");
  }

  @Test
  void command_execWrapper_getsTheRuntimesCommand() {
    FunctionConfig config =
        FunctionConfig.builder("F", "a.B::c", Path.of("/task"))
            .execWrapper(Path.of("/opt-1/leakguard"))
            .build();

    assertThat(command(17, config.toBuilder().build()).arguments())
        .startsWith("/opt-1/leakguard", "/jdk/bin/java")
        .endsWith("com.amazonaws.services.lambda.runtime.api.client.AWSLambda", "a.B::c");
  }

  @ParameterizedTest
  @CsvSource({"17, false", "21, false", "25, true"})
  void command_nativeAccess_isAllowedWhereTheJvmAsksForIt(int feature, boolean expected) {
    assertThat(command(feature).arguments().contains("--enable-native-access=ALL-UNNAMED"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "java8.al2, 8, 367002k, false, false",
    "java11, 17, 367002k, false, true",
    "java17, 21, 445645k, true, true",
    "java25, 25, 445645k, true, true"
  })
  void command_heapAndTiers_followTheRuntime_otherFlagsTheJvm(
      String runtime, int feature, String heap, boolean c1, boolean opens) {
    FunctionConfig config =
        FunctionConfig.builder("F", "a.B", Path.of("/task"))
            .runtime(runtime)
            .memoryMegabytes(512)
            .build();
    List<String> arguments = command(feature, config).arguments();
    assertThat(arguments).contains("-XX:MaxHeapSize=" + heap);
    assertThat(arguments.contains("-XX:TieredStopAtLevel=1")).isEqualTo(c1);
    assertThat(arguments.contains("--add-opens=java.base/java.io=ALL-UNNAMED")).isEqualTo(opens);
  }

  @Test
  void command_snapStart_hasAllTiersOnJava25_andItsInitialization() {
    FunctionConfig config =
        FunctionConfig.builder("F", "a.B", Path.of("/task"))
            .runtime("java25")
            .snapStart(true)
            .build();
    Command command = command(25, config);
    assertThat(command.arguments()).doesNotContain("-XX:TieredStopAtLevel=1");
    assertThat(command.environment())
        .containsEntry("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
        .doesNotContainKey("AWS_LAMBDA_MAX_CONCURRENCY");
  }

  @Test
  void command_managedInstances_sayHowManyEventsAtATime() {
    FunctionConfig config =
        FunctionConfig.builder("F", "a.B", Path.of("/task")).maxConcurrency(8).build();
    assertThat(command(25, config.toBuilder().build()).environment())
        .containsEntry("AWS_LAMBDA_MAX_CONCURRENCY", "8")
        .containsEntry("AWS_LAMBDA_INITIALIZATION_TYPE", "lambda-managed-instances");
  }

  @ParameterizedTest
  @CsvSource({"128, 2", "3008, 2", "3009, 3", "5307, 3", "5308, 4", "7077, 5", "10240, 6"})
  void processors_followTheMemory(int megabytes, int processors) {
    assertThat(ChildCommand.processors(megabytes)).isEqualTo(processors);
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, false, libaws-lambda-jni.linux-x86_64.so",
    "aarch64, false, libaws-lambda-jni.linux-aarch_64.so",
    "x86_64, true, libaws-lambda-jni.linux_musl-x86_64.so"
  })
  void libraryName_followsTheMachine(String architecture, boolean musl, String name) {
    assertThat(RuntimeClient.libraryName(architecture, musl)).isEqualTo(name);
  }

  @Test
  void runtimeClient_withoutTheClient_isRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> RuntimeClient.in(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("aws-lambda-java-runtime-interface-client");
    assertThatThrownBy(() -> RuntimeClient.in(folder.resolve("missing")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void javaInstallation_readsTheRelease(@TempDir Path home) throws IOException {
    assertThatThrownBy(() -> JavaInstallation.in(home)).hasMessageContaining("no executable");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.createFile(java);
    assertThat(java.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> JavaInstallation.in(home)).hasMessageContaining("release");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    assertThat(JavaInstallation.in(home)).isEqualTo(new JavaInstallation(java, 25));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"x\"\n");
    assertThatThrownBy(() -> JavaInstallation.in(home)).hasMessageContaining("no Java version: x");
  }

  @Test
  void javaInstallation_current_isThisJvm() {
    assertThat(JavaInstallation.current().feature()).isEqualTo(Runtime.version().feature());
    assertThat(JavaInstallation.current().executable()).isExecutable();
  }
}
