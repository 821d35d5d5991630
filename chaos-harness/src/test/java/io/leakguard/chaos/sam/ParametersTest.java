package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParametersTest {
  private static final String TEMPLATE =
      """
      Parameters:
        Stage:
          Type: String
          Default: dev
          AllowedValues: [dev, prod]
        Size:
          Type: Number
          Default: 512
        Zones:
          Type: List<Number>
          Default: 1,2
        Key:
          Type: AWS::SSM::Parameter::Value<String>
          Default: /app/key
        Open:
          Type: String
      Resources:
        F:
          Type: AWS::Serverless::Function
          Properties:
            Runtime: java17
            Handler: a.B
            MemorySize: !Ref Size
            Environment:
              Variables:
                ALL: !Sub ['${Stage} ${Z} ${Key} ${Open}', {Z: !Join ['+', !Ref Zones]}]
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeTemplate() {
    file = Templates.write(folder, TEMPLATE);
  }

  @Test
  void read_withOverrides_usesThem() {
    Template template =
        Template.read(
            file, Map.of("Stage", "prod", "Size", "1024", "Zones", "3, 4", "Key", "k", "Open", ""));

    assertThat(template.functions())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.memoryMegabytes()).isEqualTo(1024);
              assertThat(f.environment()).containsEntry("ALL", "prod 3+4 k ");
              assertThat(f.notes()).isEmpty();
            });
  }

  @Test
  void read_withoutOverrides_usesDefaults() {
    FunctionDefinition function = Template.read(file, Map.of()).functions().get(0);

    assertThat(function.memoryMegabytes()).isEqualTo(512);
    assertThat(function.environment())
        .containsEntry("ALL", "dev 1+2 unresolved-ssm-app-key unresolved-parameter-Open");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(
            "Stage", "qa", "FILE:2: parameter 'Stage' is 'qa': its AllowedValues are dev, prod"),
        arguments("Stage", "", "FILE:2: parameter 'Stage' is '': its AllowedValues are dev, prod"),
        arguments("Size", "big", "FILE:6: parameter 'Size' is 'big': its Type is Number"),
        arguments("Zones", "1,x", "FILE:9: parameter 'Zones' is '1,x': its Type is List<Number>"),
        arguments(
            "Staeg",
            "dev",
            "FILE:1: there is no parameter 'Staeg' to give a value to\n"
                + "declared: Stage, Size, Zones, Key, Open"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void read_withRefusedOverride_namesParameterRuleAndValue(
      String name, String value, String message) {
    assertThatThrownBy(() -> Template.read(file, Map.of(name, value)))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessage(message.replace("FILE", file.toString()));
  }

  @Test
  void read_overrideWhereNoneIsDeclared_saysSo() {
    Path bare = Templates.write(folder, TEMPLATE.substring(TEMPLATE.indexOf("Resources:")));

    assertThatThrownBy(() -> Template.read(bare, Map.of("A", "b")))
        .hasMessage(
            bare + ": there is no parameter 'A' to give a value to\nthe template declares none");
  }

  @Test
  void read_defaultThatBreaksItsRule_isRefused() {
    Path broken = Templates.write(folder, TEMPLATE.replace("Default: dev", "Default: qa"));

    assertThatThrownBy(() -> Template.read(broken, Map.of()))
        .hasMessage(broken + ":2: parameter 'Stage' is 'qa': its AllowedValues are dev, prod");
  }
}
