package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionReadingTest {
  @TempDir Path folder;

  @Test
  void functions_ofBareFunction_haveLambdasDefaults() {
    FunctionDefinition function = function("Runtime: java17, Handler: com.acme.Orders");

    assertThat(function.logicalId()).isEqualTo("F");
    assertThat(function.functionName()).isEqualTo("F");
    assertThat(function.handler()).isEqualTo("com.acme.Orders");
    assertThat(function.runtime()).isEqualTo("java17");
    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(function.memoryMegabytes()).isEqualTo(128);
    assertThat(function.environment()).isEmpty();
    assertThat(function.codeUri()).isEqualTo(folder);
    assertThat(function.layers()).isEmpty();
    assertThat(function.reservedConcurrency()).isEqualTo(OptionalInt.empty());
    assertThat(function.conditionTrue()).isTrue();
    assertThat(function.events()).isEmpty();
    assertThat(function.sampleEvent(1)).isEqualTo("{}");
    assertThat(function.notes()).isEmpty();
  }

  @Test
  void functions_ofFullFunction_haveWhatItSays() {
    Template template =
        Templates.read(
            folder,
            """
            Conditions:
              Never: !Equals [a, b]
            Resources:
              Other: {Type: 'AWS::SQS::Queue'}
              Orders:
                Type: AWS::Serverless::Function
                Condition: Never
                Properties:
                  FunctionName: !Sub '${AWS::StackName}-orders'
                  Runtime: java25
                  Handler: com.acme.Orders::handle
                  CodeUri: ./app/../target/app.jar
                  Timeout: 30
                  MemorySize: 1769
                  ReservedConcurrentExecutions: 0
                  Environment:
                    Variables: {B: '2', A: 1}
                  Layers:
                    - !Ref Common
                    - arn:aws:lambda:us-east-1:1:layer:x:1
                    - !ImportValue shared
              Common:
                Type: AWS::Serverless::LayerVersion
                Properties: {ContentUri: layers/common}
            """);

    FunctionDefinition function = template.functions().get(0);
    assertThat(function.functionName()).isEqualTo("local-orders");
    assertThat(function.handler()).isEqualTo("com.acme.Orders::handle");
    assertThat(function.runtime()).isEqualTo("java25");
    assertThat(function.codeUri()).isEqualTo(folder.resolve("target/app.jar"));
    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(function.memoryMegabytes()).isEqualTo(1769);
    assertThat(function.reservedConcurrency()).hasValue(0);
    assertThat(function.environment().entrySet())
        .extracting(Object::toString)
        .containsExactly("B=2", "A=1");
    assertThat(function.layers()).containsExactly(folder.resolve("layers/common"));
    assertThat(function.conditionTrue()).isFalse();
    assertThat(function.notes())
        .containsExactly(
            at(20) + "the layer 'arn:aws:lambda:us-east-1:1:layer:x:1' is not local: left out",
            at(21) + "the layer 'unresolved-import-shared' is not local: left out");
    assertThat(function.line()).isEqualTo(5);
    assertThat(function.handlerLine()).isEqualTo(11);
    assertThat(function.codeLine()).isEqualTo(12);
  }

  @Test
  void functions_withGlobals_areMergedAsSamDoes() {
    Template template =
        Templates.read(
            folder,
            """
            Globals:
              Function:
                Runtime: java21
                Handler: com.acme.Shared
                Timeout: 10
                Environment: {Variables: {A: global, B: global}}
                Layers: [!Ref One]
            Resources:
              One: {Type: 'AWS::Serverless::LayerVersion', Properties: {ContentUri: one}}
              Two: {Type: 'AWS::Lambda::LayerVersion', Properties: {Content: two}}
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Timeout: 20
                  Environment: {Variables: {B: own, C: own}}
                  Layers: [!Ref Two]
              Plain:
                Type: AWS::Lambda::Function
                Properties: {Runtime: java17, Handler: a.B, Code: build/b.zip}
            """);

    FunctionDefinition merged = template.functions().get(0);
    assertThat(merged.timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(merged.environment().entrySet())
        .extracting(Object::toString)
        .containsExactly("A=global", "B=own", "C=own");
    assertThat(merged.layers()).containsExactly(folder.resolve("one"), folder.resolve("two"));
    assertThat(merged.handlerLine()).isEqualTo(4);
    FunctionDefinition plain = template.functions().get(1);
    assertThat(plain.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(plain.environment()).isEmpty();
    assertThat(plain.codeUri()).isEqualTo(folder.resolve("build/b.zip"));
  }

  @Test
  void functions_withIntrinsicOverGlobalMapping_takeTheFunctions() {
    Template template =
        Templates.read(
            folder,
            """
            Conditions: {Chosen: !Equals [a, a]}
            Globals:
              Function: {Runtime: java21, Handler: a.B, Environment: {Variables: {A: g}}}
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Environment: !If [Chosen, {Variables: {B: f}}, !Ref 'AWS::NoValue']
            """);

    assertThat(template.functions().get(0).environment().toString()).isEqualTo("{B=f}");
  }

  @Test
  void functions_withMergeKeys_inheritWhatTheyLack() {
    Template template =
        Templates.read(
            folder,
            """
            Base: &base {Runtime: java21, Timeout: 9}
            More: &more {Handler: a.B, Timeout: 10}
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  <<: [*base, *more]
                  MemorySize: 256
              G:
                Type: AWS::Serverless::Function
                Properties:
                  Timeout: 1
                  <<: *more
                  Runtime: java17
            """);

    assertThat(template.functions())
        .extracting(f -> f.handler() + f.runtime() + f.timeout() + f.memoryMegabytes())
        .containsExactly("a.Bjava21PT9S256", "a.Bjava17PT1S128");
  }

  @Test
  void functions_ofCdkTemplate_haveTheirAssetFolder() {
    Template template =
        Templates.read(
            folder,
            """
            {"Resources": {"F": {"Type": "AWS::Lambda::Function",
              "Properties": {"Runtime": "java21", "Handler": "a.B",
                "Code": {"S3Bucket": {"Fn::Sub": "b-${AWS::AccountId}"}, "S3Key": "k.zip"}},
              "Metadata": {"aws:asset:path": "asset.0123"}}}}
            """);

    assertThat(template.functions().get(0).codeUri()).isEqualTo(folder.resolve("asset.0123"));
    assertThat(template.functions().get(0).codeLine()).isEqualTo(4);
  }

  @Test
  void functions_keepTheOrderOfTheTemplate() {
    String f =
        ": {Type: 'AWS::Serverless::Function', Properties: {Runtime: java17, Handler: a.B}}\n";

    assertThat(Templates.read(folder, "Resources:\n  Z" + f + "  A" + f + "  M" + f).functions())
        .extracting(FunctionDefinition::logicalId)
        .containsExactly("Z", "A", "M");
  }

  static Stream<Arguments> skipped() {
    return Stream.of(
        arguments(
            "Runtime: python3.12, Handler: app.main",
            "4: Runtime 'python3.12' is not a Java runtime"),
        arguments(
            "Runtime: provided.al2023, Handler: b",
            "4: Runtime 'provided.al2023' is not a Java runtime"),
        arguments(
            "Runtime: javascript, Handler: b", "4: Runtime 'javascript' is not a Java runtime"),
        arguments("Handler: a.B", "2: the function has no Runtime"),
        arguments("Runtime: [java17], Handler: a.B", "4: Runtime must be text"),
        arguments("Runtime: java17", "2: the function has no Handler"),
        arguments("PackageType: Image", "4: an image function (PackageType Image) is not run"),
        arguments(
            "Runtime: java17, Handler: 'a b'",
            "4: Handler 'a b' is neither 'Class' nor 'Class::method'"),
        arguments(
            "Runtime: java17, Handler: a.B::c::d",
            "4: Handler 'a.B::c::d' is neither 'Class' nor 'Class::method'"),
        arguments(
            "Runtime: java17, Handler: ../x",
            "4: Handler '../x' is neither 'Class' nor 'Class::method'"),
        arguments(
            "Runtime: java17, Handler: !ImportValue h",
            "4: Handler is not known locally: 'h' is another stack's output"),
        arguments(
            "Runtime: java17, Handler: a.B, CodeUri: !Sub '${Where}/x'",
            "4: CodeUri is not known locally: there is no parameter or resource 'Where'"),
        arguments(
            "Runtime: java17, Handler: a.B, CodeUri: 's3://b/k'",
            "4: CodeUri is in S3: a local run needs a jar, a zip or a folder"),
        arguments(
            "Runtime: java17, Handler: a.B, CodeUri: {Bucket: b, Key: k}",
            "4: CodeUri is not a local path: a local run needs a jar, a zip or a folder"),
        arguments(
            "Runtime: java17, Handler: a.B, CodeUri: \"a\\0b\"",
            "4: the code's location is not a path"),
        arguments("Runtime: java17, Handler: a.B, InlineCode: x", "4: inline code is not Java"),
        arguments(
            "Runtime: java17, Handler: a.B, Timeout: 0",
            "4: Timeout must be a whole number of seconds from 1 to 900, but is '0'"),
        arguments(
            "Runtime: java17, Handler: a.B, Timeout: 901",
            "4: Timeout must be a whole number of seconds from 1 to 900, but is '901'"),
        arguments(
            "Runtime: java17, Handler: a.B, Timeout: 1.5",
            "4: Timeout must be a whole number of seconds from 1 to 900, but is '1.5'"),
        arguments(
            "Runtime: java17, Handler: a.B, MemorySize: 127",
            "4: MemorySize must be a whole number of megabytes from 128 to 10240, but is '127'"),
        arguments(
            "Runtime: java17, Handler: a.B, MemorySize: 99999999999",
            "4: MemorySize must be a whole number of megabytes from 128 to 10240, but is"
                + " '99999999999'"),
        arguments(
            "Runtime: java17, Handler: a.B, ReservedConcurrentExecutions: -1",
            "4: ReservedConcurrentExecutions must be a whole number from 0, but is '-1'"),
        arguments(
            "Runtime: java17, Handler: a.B, Environment: text",
            "4: Environment must have a mapping named Variables"),
        arguments(
            "Runtime: java17, Handler: a.B, Environment: {Variables: {'A=B': c}}",
            "4: 'A=B' cannot name a variable"));
  }

  @ParameterizedTest
  @MethodSource("skipped")
  void skipped_ofFunctionThatCannotBeRun_hasTheReason(String properties, String reason) {
    Template template = Templates.read(folder, text(properties));

    assertThat(template.functions()).isEmpty();
    assertThat(template.skipped())
        .containsExactly(new SkippedFunction("F", folder.resolve("template.yaml") + ":" + reason));
  }

  @Test
  void skipped_ofGeneratedOrOddFunctions_leavesTheRest() {
    Template template =
        Templates.read(
            folder,
            """
            Resources:
              Fn::ForEach::Functions: [x, [a], {}]
              ../F: {Type: 'AWS::Serverless::Function'}
              F: {Type: 'AWS::Serverless::Function', Properties: {Runtime: java17, Handler: a.B}}
              Odd: text
              Untyped: {Properties: {}}
            """);

    assertThat(template.functions()).extracting(FunctionDefinition::logicalId).containsExactly("F");
    assertThat(template.skipped())
        .containsExactly(
            new SkippedFunction(
                "Fn::ForEach::Functions", at(2) + "Fn::ForEach is not expanded locally"),
            new SkippedFunction("../F", at(3) + "a logical id has letters and digits only"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Timeout: !ImportValue t | Timeout is not known locally, its default is used: 't' is"
            + " another stack's output",
        "FunctionName: !ImportValue n | FunctionName is not known locally, the logical id is used:"
            + " 'n' is another stack's output",
        "Environment: !ImportValue e | Environment is left out: 'e' is another stack's output"
      })
  void notes_ofUnknownProperty_sayWhatIsUsed(String property, String note) {
    FunctionDefinition function = function("Runtime: java17, Handler: a.B, " + property);

    assertThat(function.notes()).containsExactly(at(4) + note);
    assertThat(function.functionName()).isEqualTo("F");
    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void conditionTrue_ofUndeclaredCondition_isFalseWithNote() {
    Template template =
        Templates.read(
            folder,
            """
            Resources:
              F:
                Type: AWS::Serverless::Function
                Condition: Nowhere
                Properties: {Runtime: java17, Handler: a.B}
            """);

    assertThat(template.functions().get(0).conditionTrue()).isFalse();
    assertThat(template.functions().get(0).notes())
        .containsExactly(at(4) + "Condition is taken as false: there is no condition 'Nowhere'");
  }

  private FunctionDefinition function(String properties) {
    return Templates.read(folder, text(properties)).functions().get(0);
  }

  private static String text(String properties) {
    return """
    Resources:
      F:
        Type: AWS::Serverless::Function
        Properties: {%s}
    """
        .formatted(properties);
  }

  private String at(int line) {
    return folder.resolve("template.yaml") + ":" + line + ": ";
  }
}
