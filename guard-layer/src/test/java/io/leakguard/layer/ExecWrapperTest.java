package io.leakguard.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exec wrapper, started as Lambda starts it, with a program that tells what it was given. */
@EnabledOnOs(OS.LINUX)
class ExecWrapperTest {
  private static final Path SOURCE = Path.of("src/main/layer/leakguard");
  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String GUARDED = "io.leakguard.GuardedHandler::handleRequest";
  private static final String[] COMMAND = {
    "-XX:+UseSerialGC",
    "-Dtext=a b",
    "",
    "-D*=?$HOME",
    "-classpath",
    "a.jar:b.jar",
    CLIENT,
    "a.B::c"
  };

  private final Map<String, String> environment = new HashMap<>();
  @TempDir private Path folder;
  private Path wrapper;
  private Path java;

  private record Run(List<String> words, String log) {
    List<String> arguments() {
      return words.subList(0, words.indexOf("-- handler"));
    }

    /** The last word of the command, which is what the runtime client loads. */
    String handler() {
      return words.get(words.indexOf("-- handler") - 1);
    }

    String handlerVariable() {
      return words.get(words.indexOf("-- handler") + 1);
    }

    String guarded() {
      return words.get(words.indexOf("-- guarded") + 1);
    }

    String creation() {
      return words.get(words.indexOf("-- creation") + 1);
    }
  }

  @BeforeEach
  void layOut() throws IOException {
    Path opt =
        Files.createDirectories(folder.resolve("o p t/java/lib")).resolve("../..").normalize();
    Files.createFile(opt.resolve("java/lib/guard-layer-0.1.0.jar"));
    wrapper = executable(opt.resolve("leakguard"), Files.readString(SOURCE));
    java =
        executable(
            folder.resolve("java"),
            """
            #!/bin/sh
            printf '%s\\n' "$@" '-- handler' "$_HANDLER" '-- guarded' "${LEAKGUARD_HANDLER:-none}"
            printf '%s\\n' '-- creation' "${LEAKGUARD_CREATION:-none}"
            """);
    environment.put("_HANDLER", "a.B::c");
    environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "/bin/bash", "/bin/dash", "/usr/bin/busybox"})
  void wrapper_inAnyShell_putsTheGuardIntoTheHandlersPlace(String shell) throws Exception {
    assumeTrue(Files.isExecutable(Path.of(shell)), "not run: there is no " + shell);
    List<String> line = new ArrayList<>(List.of(shell));
    line.addAll(shell.endsWith("busybox") ? List.of("sh") : List.of());

    Run run = run(line, COMMAND);

    assertThat(run.arguments())
        .containsExactly(
            Stream.of(COMMAND).map(w -> w.equals("a.B::c") ? GUARDED : w).toArray(String[]::new));
    assertThat(run.handlerVariable()).isEqualTo("a.B::c");
    assertThat(run.guarded()).isEqualTo("a.B::c");
    assertThat(run.log()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_EXECUTION_ENV, AWS_Lambda_java11, it needs Java 17: AWS_Lambda_java11",
    "AWS_EXECUTION_ENV, AWS_Lambda_java8.al2, it needs Java 17: AWS_Lambda_java8.al2",
    "AWS_EXECUTION_ENV, AWS_Lambda_python3.13, it is for Java: AWS_Lambda_python3.13",
    "LEAKGUARD_DISABLED, true, LEAKGUARD_DISABLED is set",
    "LEAKGUARD_DISABLED, TRUE, LEAKGUARD_DISABLED is set",
    "LEAKGUARD_DISABLED, 1, LEAKGUARD_DISABLED is set",
    "_HANDLER, a.Other, the command does not end with the runtime client and the handler"
  })
  void wrapper_functionThatIsNotToBeGuarded_isStartedAsItIs(
      String variable, String value, String reason) throws Exception {
    environment.put(variable, value);

    Run run = run(List.of(), COMMAND);

    assertThat(run.arguments()).containsExactly(COMMAND);
    assertThat(run.handlerVariable()).isEqualTo(environment.get("_HANDLER"));
    assertThat(run.guarded()).isEqualTo("none");
    assertThat(run.log()).isEqualTo("LeakGuard: not attached: " + reason + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_Lambda_java17", "AWS_Lambda_java21", "AWS_Lambda_java25", ""})
  void wrapper_runtimesOfJava17AndNewer_areGuarded(String runtime) throws Exception {
    environment.put("AWS_EXECUTION_ENV", runtime);

    assertThat(run(List.of(), COMMAND).handler()).isEqualTo(GUARDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {GUARDED, "io.leakguard.GuardedHandler"})
  void wrapper_handlerThatIsTheGuard_isLeftAlone(String handler) throws Exception {
    environment.put("_HANDLER", handler);
    environment.put("LEAKGUARD_HANDLER", "com.acme.Real");

    Run run = run(List.of(), CLIENT, handler);

    assertThat(run.arguments()).containsExactly(CLIENT, handler);
    assertThat(run.guarded()).isEqualTo("com.acme.Real");
    assertThat(run.log()).endsWith("the handler is io.leakguard.GuardedHandler already\n");
  }

  @ParameterizedTest
  @CsvSource({"com.acme.Main, a.B::c", "'', a.B::c"})
  void wrapper_commandOfAnotherRuntime_isLeftAlone(String main, String handler) throws Exception {
    Run run = run(List.of(), main, handler);

    assertThat(run.arguments()).containsExactly(main, handler);
    assertThat(run.log()).contains("not attached: the command does not end with");
  }

  @Test
  void wrapper_layerWithoutTheGuardsJar_isLeftAlone() throws Exception {
    Files.delete(wrapper.resolveSibling("java/lib/guard-layer-0.1.0.jar"));

    Run run = run(List.of(), COMMAND);

    assertThat(run.arguments()).containsExactly(COMMAND);
    assertThat(run.log()).contains("not attached: no guard in ");
  }

  @Test
  void wrapper_startThatFailedWithTheGuard_isRepeatedWithout() throws Exception {
    Path temporary = Files.createDirectories(folder.resolve("t m p"));
    String[] command = {"-Djava.io.tmpdir=" + temporary, CLIENT, "a.B::c"};
    assertThat(run(List.of(), command).handler()).isEqualTo(GUARDED);

    Files.createFile(temporary.resolve("leakguard-not-attached"));

    Run run = run(List.of(), command);
    assertThat(run.arguments()).containsExactly(command);
    assertThat(run.log())
        .isEqualTo("LeakGuard: not attached: the start before this one failed with it\n");
  }

  @Test
  void wrapper_recordOfCreation_isOnUnlessTheFunctionSaysOtherwise() throws Exception {
    assertThat(run(List.of(), COMMAND).creation()).isEqualTo("always");

    environment.put("LEAKGUARD_CREATION", "never");
    assertThat(run(List.of(), COMMAND).creation()).isEqualTo("never");

    environment.remove("LEAKGUARD_CREATION");
    environment.put("LEAKGUARD_DISABLED", "1");
    assertThat(run(List.of(), COMMAND).creation()).isEqualTo("none");
  }

  @Test
  void wrapper_otherRealHandlerInTheVariable_yieldsToTheFunctions() throws Exception {
    environment.put("LEAKGUARD_HANDLER", "com.acme.Old");

    Run run = run(List.of(), COMMAND);

    assertThat(run.guarded()).isEqualTo("a.B::c");
    assertThat(run.log())
        .isEqualTo("LeakGuard: LEAKGUARD_HANDLER is not used, the handler is a.B::c\n");
  }

  @ParameterizedTest
  @CsvSource({"AWS_Lambda_java17, " + GUARDED, "AWS_Lambda_java11, a.B::c"})
  void wrapper_secondWrapper_getsTheCommandGuardedOrNot(String runtime, String handler)
      throws Exception {
    environment.put("AWS_EXECUTION_ENV", runtime);
    Path second =
        executable(
            folder.resolve("second"),
            "#!/bin/sh\nprogram=$1\nshift\nexec \"$program\" -second \"$@\"\n");
    environment.put("LEAKGUARD_EXEC_WRAPPER", second.toString());

    Run run = run(List.of(), CLIENT, "a.B::c");

    assertThat(run.arguments()).containsExactly("-second", CLIENT, handler);
    assertThat(run.handlerVariable()).isEqualTo(handler);
  }

  @Test
  void wrapper_secondWrapperThatIsItself_guardsOnce() throws Exception {
    environment.put("LEAKGUARD_EXEC_WRAPPER", wrapper.toString());

    assertThat(run(List.of(), CLIENT, "a.B::c").arguments()).containsExactly(CLIENT, GUARDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/none", "/tmp", "/etc/passwd"})
  void wrapper_secondWrapperThatCannotBeRun_isSaidAndLeftOut(String second) throws Exception {
    environment.put("LEAKGUARD_EXEC_WRAPPER", second);

    Run run = run(List.of(), COMMAND);

    assertThat(run.handler()).isEqualTo(GUARDED);
    assertThat(run.log()).contains("LEAKGUARD_EXEC_WRAPPER is not run: " + second);
  }

  private static Path executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private Run run(List<String> shell, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(shell);
    line.add(wrapper.toString());
    line.add(java.toString());
    line.addAll(List.of(arguments));
    Path log = folder.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(line).redirectError(log.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<String> words =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new Run(words, Files.readString(log));
  }
}
