package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamConfigTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Stage=prod Size=\\\"1 024\\\" Empty= Quoted='a b'\"",
        "\"ParameterKey=Stage,ParameterValue=prod ParameterKey=Size,ParameterValue=\\\"1 024\\\""
            + " Empty=\\\"\\\" Quoted=\\\"a b\\\"\"",
        "[\"Stage=prod\", 'Size=\"1 024\"', \"Empty=\", \"Quoted='a b'\"]",
        "{Stage = \"prod\", Size = \"1 024\", Empty = \"\", Quoted = \"a b\"}"
      })
  void parameterOverrides_inEveryForm_areRead(String value) {
    assertThat(read("[default.deploy.parameters]\nparameter_overrides = " + value, "default"))
        .containsOnly(
            entry("Stage", "prod"),
            entry("Size", "1 024"),
            entry("Empty", ""),
            entry("Quoted", "a b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Stage=prod Size=\"1 024\" Empty= Quoted=a Subnets=s-1,s-2'",
        "[Stage=prod, 'Size=\"1 024\"', Empty=, null, {Quoted: a, Subnets: [s-1, ' s-2']}]",
        "{Stage: prod, Size: 1 024, Empty: , Quoted: a, Subnets: [s-1, s-2]}"
      })
  void parameterOverrides_inYaml_areRead(String value) {
    for (String name : List.of("samconfig.yml", "samconfig.yaml")) {
      write(
          name,
          "version: 0.1\ndefault:\n  deploy:\n    parameters:\n      parameter_overrides: "
              + value);
      assertThat(SamConfig.parameterOverrides(folder.resolve("template.yaml"), "default"))
          .containsOnly(
              entry("Stage", "prod"),
              entry("Size", "1 024"),
              entry("Empty", ""),
              entry("Quoted", "a"),
              entry("Subnets", "s-1,s-2"));
    }
  }

  @Test
  void parameterOverrides_severalFiles_theFirstThatSamReadsCounts() {
    Path template = folder.resolve("template.yaml");
    for (String name : List.of("yml", "yaml")) {
      write(
          "samconfig." + name,
          "default: {deploy: {parameters: {parameter_overrides: {A: %s}}}}".formatted(name));
      assertThat(SamConfig.parameterOverrides(template, "default")).containsOnly(entry("A", name));
    }
    String toml = "[default.deploy.parameters]\nparameter_overrides = \"A=toml\"";
    assertThat(read(toml, "default")).containsOnly(entry("A", "toml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default: {a: b|:1: not valid YAML: ",
        "- default|:1: must be a mapping of environments",
        "7|:1: must be a mapping of environments",
        "default: *nobody|:1: not valid YAML: "
      })
  void parameterOverrides_malformedYaml_isOneLine(String text, String message) {
    write("samconfig.yaml", text);
    assertThatThrownBy(
            () -> SamConfig.parameterOverrides(folder.resolve("template.yaml"), "default"))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith(folder.resolve("samconfig.yaml") + message);
  }

  @Test
  void parameterOverrides_yamlBombs_areRefused() {
    write("samconfig.yaml", "[".repeat(5_000));
    assertThatThrownBy(
            () -> SamConfig.parameterOverrides(folder.resolve("template.yaml"), "default"))
        .hasMessageEndingWith("nested deeper than 100 levels");
  }

  private void write(String name, String text) {
    Templates.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void parameterOverrides_ofSeveralCommands_thoseOfDeployCount() {
    String text =
        """
        version = 0.1
        [default.global.parameters]
        stack_name = "x"
        parameter_overrides = "A=1 B=1 C=1"
        [default.build.parameters]
        parameter_overrides = "B=2 C=2"
        [default.deploy.parameters]
        parameter_overrides = "C=3"
        """;

    assertThat(read(text, "default"))
        .containsOnly(entry("A", "1"), entry("B", "2"), entry("C", "3"));
  }

  @Test
  void parameterOverrides_ofOtherEnvironment_areTaken() {
    String text =
        """
        [default.deploy.parameters]
        parameter_overrides = "A=1"
        ["prod.eu".deploy.parameters]
        parameter_overrides = "A=2"
        """;

    assertThat(read(text, "prod.eu")).containsOnly(entry("A", "2"));
    assertThatThrownBy(() -> read(text, "qa"))
        .hasMessage(
            file() + ": there is no environment 'qa' (--config-env)\nit has: default, prod.eu");
  }

  @Test
  void parameterOverrides_withoutFile_areNoneByDefaultOnly() {
    Path template = folder.resolve("template.yaml");

    assertThat(SamConfig.parameterOverrides(template, "default")).isEmpty();
    assertThatThrownBy(() -> SamConfig.parameterOverrides(template, "prod"))
        .hasMessage(file() + ": there is no such file to take 'prod' from (--config-env)");
  }

  @Test
  void parameterOverrides_malformedFile_namesTheLine() {
    assertThatThrownBy(() -> read("a = 1\nb = = 2\n", "default"))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith(file() + ":2: not valid TOML: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"A=1 what\"", "\"--x\""})
  void parameterOverrides_ofNoKnownForm_areRefused(String value) {
    assertThatThrownBy(
            () -> read("[default.deploy.parameters]\nparameter_overrides = " + value, "default"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("parameter_overrides");
  }

  @Test
  void parameterOverrides_linkOutOfTheProject_isRefused(@TempDir Path elsewhere) throws Exception {
    Path other = Files.writeString(elsewhere.resolve("x.toml"), "a = 1");
    Files.createSymbolicLink(folder.resolve("samconfig.toml"), other);

    assertThatThrownBy(
            () -> SamConfig.parameterOverrides(folder.resolve("template.yaml"), "default"))
        .hasMessageContaining("outside of the project");
  }

  @Test
  void configured_valuesOfNoParameter_arePassedOver() {
    Path template =
        Templates.write(
            folder,
            """
            Parameters:
              A: {Type: String, Default: d}
              B: {Type: String, Default: d}
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: a.B
                  Runtime: java17
                  Environment: {Variables: {V: !Sub '${A}${B}'}}
            """);
    Overrides overrides =
        new Overrides(Map.of("B", "user"), Map.of("A", "file", "B", "file", "C", "x"), Map.of());

    assertThat(Template.read(template, overrides).functions().get(0).environment())
        .containsEntry("V", "fileuser");
  }

  private Map<String, String> read(String text, String environment) {
    write("samconfig.toml", text);
    return SamConfig.parameterOverrides(folder.resolve("template.yaml"), environment);
  }

  private Path file() {
    return folder.resolve("samconfig.toml");
  }
}
