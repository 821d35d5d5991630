package io.leakguard.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leakguard.chaos.lambda.CpuShare;
import io.leakguard.chaos.lambda.JavaInstallation;
import io.leakguard.chaos.lambda.JavaInstallations;
import io.leakguard.chaos.sam.Artifact;
import io.leakguard.chaos.sam.FunctionDefinition;
import io.leakguard.chaos.sam.Overrides;
import io.leakguard.chaos.sam.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One function that lacks something does not stop the rest. */
class PreparationsTest {
  private static final JavaInstallations JDKS =
      JavaInstallations.of(
          List.of(
              new JavaInstallation(Path.of("/jdk17/bin/java"), 17),
              new JavaInstallation(Path.of("/jdk25/bin/java"), 25)));

  private static final String TEMPLATE =
      """
      Globals: {Function: {Handler: a.B, CodeUri: .}}
      Resources:
        Good: {Type: AWS::Serverless::Function, Properties: {Runtime: java25}}
        Older: {Type: AWS::Serverless::Function, Properties: {Runtime: java21}}
        Newer: {Type: AWS::Serverless::Function, Properties: {Runtime: java99}}
        NotBuilt:
          Type: AWS::Serverless::Function
          Properties: {Runtime: java17, Handler: a.C}
      """;

  @TempDir private Path folder;

  @Test
  void project_hasWhatCanBeRun_andTheReasonsOfTheRest() throws IOException {
    Project project = prepared(Optional.empty()).project(true, null, List.of());

    assertThat(project.preparations().keySet()).containsExactly("Good", "Older");
    assertThat(project.preparation(project.function("Good")).java().feature()).isEqualTo(25);
    assertThat(project.notRun().get("Newer"))
        .isEqualTo("there is no JDK for java99, nor a newer one: here are [17, 25] (--jdk N=DIR)");
    assertThat(project.notRun().get("NotBuilt")).contains("Handler 'a.C' is not in");
    assertThat(project.notes())
        .containsExactly(
            "Good, Older: the template has no event source that is known: the event is {}"
                + " (--event FILE)",
            "Older: no JDK for java21 here: run with Java 25 (--jdk N=DIR)");
  }

  @Test
  void notes_ofWhatALayerWouldStart_sayThatItIsNotThere() throws IOException {
    Path file =
        template(
            TEMPLATE.replace(
                "CodeUri: .",
                "CodeUri: ., Environment: {Variables: {AWS_LAMBDA_EXEC_WRAPPER: /opt/w,"
                    + " JAVA_TOOL_OPTIONS: '-javaagent:/opt/a.jar'}}"));
    Template template = Template.read(file, Overrides.NONE);
    Preparations preparations = new Preparations(template, JDKS, Optional.of(n -> "{}"));
    preparations.prepare(template.functions().get(0));

    assertThat(preparations.project(true, null, List.of()).notes())
        .containsExactly(
            "Good: AWS_LAMBDA_EXEC_WRAPPER is not run: neither the code nor a layer of the template"
                + " brings /opt/w",
            "Good: JAVA_TOOL_OPTIONS names files of a layer, which are not there (--env"
                + " JAVA_TOOL_OPTIONS=)");
  }

  @Test
  void cpuShare_isThatOfTheMemoryWhereItIsAskedFor() throws IOException {
    Template template = Template.read(template(TEMPLATE), Overrides.NONE);
    FunctionDefinition function = template.functions().get(0);
    Preparations preparations = new Preparations(template, JDKS, Optional.of(n -> "{}"));

    preparations.prepare(function);
    assertThat(preparation(preparations, function).cpuShare()).isEmpty();

    preparations.imposeCpuShare();
    preparations.prepare(function);
    assertThat(preparation(preparations, function).cpuShare())
        .isPresent()
        .isEqualTo(CpuShare.ofMemory(function.memoryMegabytes()));
  }

  private static Preparation preparation(Preparations preparations, FunctionDefinition function) {
    return preparations.project(true, null, List.of()).preparation(function);
  }

  @Test
  void execWrapper_thatTheCodeBrings_isRunFromItsStagedPlace() throws IOException {
    Files.writeString(folder.resolve("start.sh"), "exec \"$@\"");

    ExecWrapper wrapper = execWrapper("/var/task/start.sh").orElseThrow();

    Path staged = Files.createDirectories(folder.resolve("staged"));
    Path program = Files.writeString(staged.resolve("start.sh"), "exec \"$@\"");
    assertThat(wrapper.staged(staged, folder.resolve("opt"))).isEqualTo(program).isExecutable();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/var/task/none.sh", "/bin/sh", "/var/task/../t.yaml", "start.sh", ""})
  void execWrapper_thatIsOutsideOfCodeAndLayers_isNone(String path) throws IOException {
    assertThat(execWrapper(path)).isEmpty();
  }

  private Optional<ExecWrapper> execWrapper(String path) throws IOException {
    Path file =
        template(
            TEMPLATE.replace(
                "CodeUri: .",
                "CodeUri: ., Environment: {Variables: {AWS_LAMBDA_EXEC_WRAPPER: '%s'}}"
                    .formatted(path)));
    Template template = Template.read(file, Overrides.NONE);
    FunctionDefinition function = template.functions().get(0);
    return ExecWrapper.of(function, Artifact.locate(template, function));
  }

  @Test
  void requireAll_namesTheFirstThatCannotBeRun() throws IOException {
    Preparations preparations = prepared(Optional.empty());

    assertThatThrownBy(preparations::requireAll)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("function 'Newer' cannot be run\nthere is no JDK for java99");
  }

  @Test
  void event_ofTheUser_comesBeforeAllElse() throws IOException {
    Project project = prepared(Optional.of(n -> "[" + n + "]")).project(true, null, List.of());

    assertThat(project.preparation(project.function("Good")).event().apply(3)).isEqualTo("[3]");
    assertThat(project.notes()).noneMatch(note -> note.contains("event"));
  }

  @Test
  void event_ofTheHandlersType_comesBeforeNone() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.write(
        folder.resolve("a/B.class"),
        "(Lcom/amazonaws/services/lambda/runtime/events/SQSEvent;Lcom/amazonaws/services/lambda/runtime/Context;)"
            .getBytes(StandardCharsets.ISO_8859_1));
    Project project = prepared(Optional.empty()).project(true, null, List.of());

    assertThat(project.preparation(project.function("Good")).event().apply(3)).contains("aws:sqs");
    assertThat(project.notes().get(0)).endsWith("the event is the SQSEvent that the handler takes");
  }

  @Test
  void project_withNothingToRun_hasTheReasons() throws IOException {
    Path file = template(TEMPLATE.replace("a.B", "a.D"));
    Preparations preparations =
        new Preparations(Template.read(file, Overrides.NONE), JDKS, Optional.empty());
    Template.read(file, Overrides.NONE).functions().forEach(preparations::prepare);

    assertThatThrownBy(() -> preparations.project(true, null, List.of()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": none of its functions can be run\n")
        .hasMessageContaining("Handler 'a.D' is not in")
        .hasMessageContaining("there is no JDK for java99");
  }

  private Preparations prepared(Optional<LongFunction<String>> events) throws IOException {
    Template template = Template.read(template(TEMPLATE), Overrides.NONE);
    Preparations preparations = new Preparations(template, JDKS, events);
    template.functions().forEach(preparations::prepare);
    return preparations;
  }

  private Path template(String text) throws IOException {
    Path file = folder.resolve("t.yaml");
    Files.createDirectories(folder.resolve("a"));
    if (!Files.exists(folder.resolve("a/B.class"))) {
      Files.write(folder.resolve("a/B.class"), new byte[0]);
    }
    return Files.writeString(file, text);
  }
}
