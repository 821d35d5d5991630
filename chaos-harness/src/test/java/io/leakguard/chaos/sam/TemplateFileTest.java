package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateFileTest {
  private static final String FUNCTION =
      """
      Resources:
        F:
          Type: AWS::Serverless::Function
          Properties: {Runtime: java17, Handler: a.B}
      """;

  @TempDir Path folder;

  static Stream<Arguments> unusable() {
    return Stream.of(
        arguments("", "FILE: the template is empty"),
        arguments(" \n\n", "FILE: the template is empty"),
        arguments("# only a comment\n", "FILE: the template is empty"),
        arguments(
            "just text", "FILE:1: not a template: a mapping with Resources is needed at the top"),
        arguments(
            "\n- a\n- b", "FILE:2: not a template: a mapping with Resources is needed at the top"),
        arguments(
            "a: b",
            "FILE: not a template: it has no Resources\n"
                + "a SAM or CloudFormation template is needed"),
        arguments(
            "Resources: none",
            "FILE: not a template: it has no Resources\n"
                + "a SAM or CloudFormation template is needed"),
        arguments(
            "A: 1\nResources:\n  Q: {Type: 'AWS::SQS::Queue'}",
            "FILE:2: the template has no function\n"
                + "a resource of type AWS::Serverless::Function is needed"),
        arguments(
            "Resources:\n  F: [1, 2",
            "FILE:2:11: not valid YAML: expected ',' or ']', but got <stream end>"),
        arguments(
            "Resources:\n\tF: 1\n",
            "FILE:2:1: not valid YAML: found character '\\t(TAB)' that cannot start any token."
                + " (Do not use \\t(TAB) for indentation)"),
        arguments(
            "Resources:\n  F: 1\n G: 2\n",
            "FILE:3:2: not valid YAML: expected <block end>, but found '<block mapping start>'"),
        arguments(
            "{\"Resources\": {\n\"F\": }",
            "FILE:2:7: not valid YAML: expected ',' or '}', but got <stream end>"),
        arguments("a: 1\n---\nb: 2\n", "FILE:2:1: not valid YAML: but found another document"),
        arguments("a: b\u0007c\n", "FILE:1:5: not valid YAML: the character U+0007"),
        arguments(
            "ok: 1\na: \uD83D\uDE00 \u0001\n", "FILE:2:6: not valid YAML: the character U+0001"),
        arguments("a: *nowhere", "FILE:1:4: not valid YAML: found undefined alias nowhere"),
        arguments("[a, b]: 1", "FILE:1: a key must be text, not a list or a mapping"),
        arguments("a: &x [*x]", "FILE:1: nested deeper than 100 levels"),
        arguments("x:\n  - " + "[".repeat(101), "FILE:2: nested deeper than 100 levels"),
        arguments("a: " + "[".repeat(200_000), "FILE:1: nested deeper than 100 levels"),
        arguments(bomb(), "FILE:1: aliases make the template larger than 200000 values"));
  }

  private static String bomb() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      text.append(
          "a%d: &a%d [%s]\n"
              .formatted(i, i, String.join(", ", List.of(alias, alias, alias, alias))));
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void read_unusableText_saysWhatAndWhere(String text, String message) {
    Path file = Templates.write(folder, text);

    assertThatThrownBy(() -> Template.read(file, Map.of()))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void read_missingFile_namesIt() {
    Path file = folder.resolve("nowhere.yaml");

    assertThatThrownBy(() -> Template.read(file, Map.of()))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessage(
            file
                + ": no such template\n"
                + "name a SAM or CloudFormation template with --template");
  }

  @Test
  void read_directory_saysSo() {
    assertThatThrownBy(() -> Template.read(folder, Map.of()))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessage(folder + " is a directory, not a template\nname the template file in it");
  }

  @Test
  void read_workingDirectory_isShownAsDot() {
    assertThatThrownBy(() -> Template.read(Path.of(""), Map.of()))
        .hasMessage(". is a directory, not a template\nname the template file in it");
  }

  @Test
  void read_device_isNotRead() {
    assertThatThrownBy(() -> Template.read(Path.of("/dev/zero"), Map.of()))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessage("/dev/zero is not a regular file");
  }

  @Test
  void read_danglingLink_isMissing() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), folder.resolve("gone"));

    assertThatThrownBy(() -> Template.read(link, Map.of()))
        .hasMessageStartingWith(link + ": no such");
  }

  static Stream<byte[]> binaries() {
    return Stream.of(
        new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0},
        FUNCTION.getBytes(StandardCharsets.UTF_16LE),
        "a: \u0000b".getBytes(StandardCharsets.UTF_8),
        "a: \u00E9".getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void read_binary_isNoText(byte[] bytes) {
    Path file = Templates.write(folder.resolve("t.yaml"), bytes);

    assertThatThrownBy(() -> Template.read(file, Map.of()))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessage(file + ": not a text file in UTF-8\na template is YAML or JSON");
  }

  @Test
  void read_largestTemplate_isAccepted() {
    int rest = 1024 * 1024 - FUNCTION.length() - 1;
    Template template = Templates.read(folder, FUNCTION + "#" + "x".repeat(rest));

    assertThat(template.functions()).hasSize(1);
  }

  @Test
  void read_oneByteTooLarge_isRefused() {
    Path file =
        Templates.write(folder, FUNCTION + "#" + "x".repeat(1024 * 1024 - FUNCTION.length()));

    assertThatThrownBy(() -> Template.read(file, Map.of()))
        .hasMessage(
            file + ": the template is larger than 1 MB, the most that CloudFormation accepts");
  }

  @Test
  void read_byteOrderMarkAndWindowsLines_areAccepted() {
    Template template = Templates.read(folder, "\uFEFF" + FUNCTION.replace("\n", "\r\n"));

    assertThat(template.functions()).extracting(FunctionDefinition::line).containsExactly(2);
  }

  @Test
  void read_jsonWithTabs_isAccepted() {
    Template template =
        Templates.read(
            folder,
            """
            {
            \t"Resources": {
            \t\t"F": {
            \t\t\t"Type": "AWS::Serverless::Function",
            \t\t\t"Properties": {"Runtime": "java17", "Handler": "a.B", "Timeout": 7,
            \t\t\t\t"Environment": {"Variables": {"U": {"Fn::Sub": "a\\/${AWS::Region}\\u0041"}}}}
            \t\t}
            \t}
            }
            """);

    FunctionDefinition function = template.functions().get(0);
    assertThat(function.timeout()).hasSeconds(7);
    assertThat(function.environment()).containsExactly(Map.entry("U", "a/us-east-1A"));
    assertThat(function.line()).isEqualTo(3);
    assertThat(function.handlerLine()).isEqualTo(5);
  }

  @Test
  void file_ofTemplate_isTheOneGiven() {
    Path file = Templates.write(folder, FUNCTION);

    assertThat(Template.read(file, Map.of()).file()).isEqualTo(file);
  }

  @Test
  void functions_ofTemplate_cannotBeChanged() {
    Template template = Templates.read(folder, FUNCTION);

    assertThatThrownBy(() -> template.functions().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> template.functions().get(0).environment().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void key_thatStandsTwice_isTheLast() {
    Template template =
        Templates.read(folder, FUNCTION.replace("Runtime: java17", "Runtime: no, Runtime: java17"));

    assertThat(template.functions().get(0).runtime()).isEqualTo("java17");
  }

  @Test
  void message_withControlCharacters_isOnePrintableLineEach() {
    Path file = Templates.write(folder, parameter("\"k\\e[31m\\nx\""));

    assertThatThrownBy(() -> Template.read(file, Map.of()))
        .hasMessage(file + ":1: parameter 'P' is 'k?[31m?x': its AllowedValues are a");
  }

  private static String parameter(String value) {
    return "Parameters: {P: {Type: String, Default: "
        + value
        + ", AllowedValues: [a]}}\n"
        + FUNCTION;
  }

  @Test
  void message_withEndlessText_isCut() {
    Path file = Templates.write(folder, parameter("k".repeat(900)));

    assertThatThrownBy(() -> Template.read(file, Map.of()))
        .satisfies(e -> assertThat(e.getMessage()).hasSize(503).endsWith("kkk..."));
  }
}
