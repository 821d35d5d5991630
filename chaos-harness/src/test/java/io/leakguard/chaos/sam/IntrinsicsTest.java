package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class IntrinsicsTest {
  private static final int LINE = 32;

  @TempDir Path folder;

  static Stream<Arguments> known() {
    return Stream.of(
        arguments("text", "text"),
        arguments("''", ""),
        arguments("1.10", "1.10"),
        arguments("0123", "0123"),
        arguments("yes", "true"),
        arguments("'yes'", "yes"),
        arguments("Off", "false"),
        arguments("True", "true"),
        arguments("!Ref Stage", "dev"),
        arguments("{Ref: Stage}", "dev"),
        arguments("!Ref AWS::Region", "us-east-1"),
        arguments("!Ref AWS::AccountId", "123456789012"),
        arguments("!Ref AWS::Partition", "aws"),
        arguments("!Ref AWS::StackName", "local"),
        arguments("!Ref AWS::URLSuffix", "amazonaws.com"),
        arguments(
            "!Ref AWS::StackId",
            "arn:aws:cloudformation:us-east-1:123456789012:stack/local/"
                + "00000000-0000-0000-0000-000000000000"),
        arguments("!Ref Queue", "https://sqs.us-east-1.amazonaws.com/123456789012/Queue"),
        arguments("!Ref Named", "https://sqs.us-east-1.amazonaws.com/123456789012/dev-orders"),
        arguments("!Ref Topic", "arn:aws:sns:us-east-1:123456789012:Topic"),
        arguments("!Ref Table", "Table"),
        arguments("!Ref Bucket", "bucket"),
        arguments("!Ref Orders", "Orders"),
        arguments("!Ref OrdersAliaslive", "OrdersAliaslive"),
        arguments("!Ref ServerlessHttpApi", "ServerlessHttpApi"),
        arguments("!GetAtt Queue.Arn", "arn:aws:sqs:us-east-1:123456789012:Queue"),
        arguments("!GetAtt [Named, QueueName]", "dev-orders"),
        arguments(
            "!GetAtt Named.QueueUrl",
            "https://sqs.us-east-1.amazonaws.com/123456789012/dev-orders"),
        arguments("!GetAtt Table.Arn", "arn:aws:dynamodb:us-east-1:123456789012:table/Table"),
        arguments("!GetAtt Bucket.Arn", "arn:aws:s3:::bucket"),
        arguments("!GetAtt Bucket.DomainName", "bucket-domainname.invalid"),
        arguments("!GetAtt Orders.Arn", "arn:aws:lambda:us-east-1:123456789012:function:Orders"),
        arguments("!GetAtt Orders.Version.Version", "1"),
        arguments("!GetAtt OrdersRole.Arn", "arn:aws:iam::123456789012:role/OrdersRole"),
        arguments("!GetAtt Cache.RedisEndpoint.Address", "cache-redisendpoint-address.invalid"),
        arguments("!GetAtt Cache.RedisEndpoint.Port", "443"),
        arguments("!Sub 'http://${Stage}.x/${AWS::Region}'", "http://dev.x/us-east-1"),
        arguments("!Sub '${!Stage}-${ Stage }'", "${Stage}-dev"),
        arguments("!Sub '${Queue.Arn}!'", "arn:aws:sqs:us-east-1:123456789012:Queue!"),
        arguments("!Sub ['${A}${B}$', {A: !Ref Stage, B: '2'}]", "dev2$"),
        arguments("!Sub 'open ${Stage'", "open ${Stage"),
        arguments("{'Fn::Sub': '${Stage}'}", "dev"),
        arguments("!Join ['-', [a, !Ref Stage, !Ref 'AWS::NoValue']]", "a-dev"),
        arguments("!Join [',', !Ref Hosts]", "a,b,c"),
        arguments("!Join ['', []]", ""),
        arguments("!Select [1, !Ref Hosts]", "b"),
        arguments("!Select ['0', !Split ['/', 'x/y']]", "x"),
        arguments("!Select [2, !Split ['--', 'x--y--']]", ""),
        arguments("!Select [2, !GetAZs '']", "us-east-1c"),
        arguments("!FindInMap [Urls, !Ref Stage, Inventory]", "http://dev.example"),
        arguments("!Select [1, !FindInMap [Urls, dev, Ports]]", "81"),
        arguments("!FindInMap [Urls, qa, Inventory, {DefaultValue: none}]", "none"),
        arguments("{'Fn::Base64': 'hi'}", "aGk="),
        arguments("!If [IsDev, one, two]", "one"),
        arguments("!If [IsProd, one, two]", "two"),
        arguments("!If [Alias, one, two]", "one"),
        arguments("!If [IsDev, !If [IsProd, x, !Ref Stage], two]", "dev"),
        arguments("!Equals [a, a]", "true"));
  }

  @ParameterizedTest
  @MethodSource("known")
  void environment_ofKnownValue_isResolved(String value, String expected) {
    FunctionDefinition function = read(value);

    assertThat(function.environment()).containsEntry("V", expected);
    assertThat(function.notes()).isEmpty();
  }

  static Stream<Arguments> unknown() {
    return Stream.of(
        arguments(
            "!ImportValue shared-Queue",
            "unresolved-import-shared-Queue",
            "'shared-Queue' is another stack's output"),
        arguments(
            "{'Fn::ImportValue': !Sub '${Stage}-Q'}",
            "unresolved-import-dev-Q",
            "'dev-Q' is another stack's output"),
        arguments(
            "'{{resolve:secretsmanager:prod/db:SecretString:password}}'",
            "unresolved-secretsmanager-prod-db-SecretString-password",
            "the dynamic reference '{{resolve:secretsmanager:prod/db:SecretString:password}}'"
                + " is resolved by AWS"),
        arguments(
            "!Sub 'jdbc://{{resolve:ssm:host}}/${Stage}'",
            "jdbc://unresolved-ssm-host/dev",
            "the dynamic reference '{{resolve:ssm:host}}' is resolved by AWS"),
        arguments(
            "!Ref NoDefault",
            "unresolved-parameter-NoDefault",
            "parameter 'NoDefault' has no default; give it a value with --parameter"
                + " NoDefault=VALUE"),
        arguments(
            "!Sub 'https://${NoDefault}/x'",
            "https://unresolved-parameter-NoDefault/x",
            "parameter 'NoDefault' has no default; give it a value with --parameter"
                + " NoDefault=VALUE"),
        arguments(
            "!Ref FromStore",
            "unresolved-ssm-app-key",
            "parameter 'FromStore' is read from Systems Manager; give it a value with"
                + " --parameter FromStore=VALUE"),
        arguments(
            "!Ref Nowhere", "unresolved-Nowhere", "there is no parameter or resource 'Nowhere'"),
        arguments(
            "!GetAtt Nowhere.Arn",
            "unresolved-Nowhere",
            "there is no parameter or resource 'Nowhere'"),
        arguments(
            "!Ref AWS::Nothing",
            "unresolved-AWS-Nothing",
            "there is no pseudo parameter 'AWS::Nothing'"),
        arguments(
            "!If [Unknown, a, b]",
            "unresolved-parameter-NoDefault",
            "parameter 'NoDefault' has no default; give it a value with --parameter"
                + " NoDefault=VALUE"),
        arguments("!If [Nowhere, a, b]", "unresolved-Nowhere", "there is no condition 'Nowhere'"),
        arguments("!If [SelfA, a, b]", "unresolved-SelfA", "condition 'SelfA' refers to itself"),
        arguments("!Ref Selfish", "unresolved-Selfish", "the name of 'Selfish' refers to itself"),
        arguments(
            "!FindInMap [Urls, qa, X]", "unresolved-map-Urls-qa-X", "Mappings has no Urls.qa.X"),
        arguments(
            "!Cidr [10.0.0.0/8, 2, 8]", "unresolved-Fn-Cidr", "Fn::Cidr is not resolved locally"),
        arguments(
            "!Whatever {a: b}", "unresolved-Fn-Whatever", "Fn::Whatever is not resolved locally"),
        arguments("!Join [x]", "unresolved-Fn-Join", "Fn::Join needs a delimiter and a list"),
        arguments(
            "!Join ['-', text]", "unresolved-Fn-Join", "Fn::Join needs a delimiter and a list"),
        arguments(
            "!Join ['-', [a, [b]]]",
            "a-unresolved",
            "a list or mapping stands where text is needed"),
        arguments(
            "!Select [9, [a]]",
            "unresolved-Fn-Select",
            "Fn::Select needs an index that its list has"),
        arguments(
            "!Select [-1, [a]]",
            "unresolved-Fn-Select",
            "Fn::Select needs an index that its list has"),
        arguments(
            "!Select [99999999999999999999, [a]]",
            "unresolved-Fn-Select",
            "Fn::Select needs an index that its list has"),
        arguments(
            "!Select [0, !Split [',', !Ref NoDefault]]",
            "unresolved-parameter-NoDefault",
            "parameter 'NoDefault' has no default; give it a value with --parameter"
                + " NoDefault=VALUE"),
        arguments(
            "!Split ['', abc]", "unresolved-Fn-Split", "Fn::Split needs a delimiter and text"),
        arguments("!Sub [a]", "unresolved-Fn-Sub", "Fn::Sub needs text, or text and a mapping"),
        arguments("!If [IsDev, a]", "unresolved-Fn-If", "Fn::If needs a condition and two values"),
        arguments(
            "!GetAtt Queue",
            "unresolved-Fn-GetAtt",
            "Fn::GetAtt needs a resource and an attribute"),
        arguments("!Ref [a]", "unresolved-Ref", "Ref needs the name of a parameter or resource"),
        arguments("!Not []", "unresolved-Fn-Not", "Fn::Not needs a list"));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void environment_ofUnknownValue_isPlaceholderWithNote(
      String value, String placeholder, String reason) {
    FunctionDefinition function = read(value);

    assertThat(function.environment()).containsEntry("V", placeholder);
    assertThat(function.notes())
        .containsExactly(
            "%s:%d: V is not known locally, a placeholder is used: %s (--env V=VALUE)"
                .formatted(folder.resolve("template.yaml"), LINE, reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Ref AWS::NoValue",
        "!If [IsProd, x, !Ref 'AWS::NoValue']",
        "!If [IsDev, {Ref: 'AWS::NoValue'}, x]",
        "null",
        "~"
      })
  void environment_ofNoValue_lacksTheKey(String value) {
    FunctionDefinition function = read(value);

    assertThat(function.environment()).containsExactly(Map.entry("BEFORE", "b"));
    assertThat(function.notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[a, b]", "{a: b}", "!Ref Hosts", "\"a\\0b\""})
  void environment_ofWhatIsNoText_isLeftOutWithNote(String value) {
    FunctionDefinition function = read(value);

    assertThat(function.environment()).doesNotContainKey("V");
    assertThat(function.notes())
        .containsExactly(
            "%s:%d: V is left out: its value is not text"
                .formatted(folder.resolve("template.yaml"), LINE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!And [!Condition IsDev, !Equals [a, a]] | yes",
        "!And [!Condition IsDev, !Condition IsProd] | no",
        "!Or [!Condition IsProd, !Condition IsDev] | yes",
        "!Or [!Condition IsProd, !Equals [a, b]] | no",
        "!Not [!Condition IsProd] | yes",
        "!And [!Condition Unknown, !Condition IsProd] | no",
        "!Or [!Condition Unknown, !Condition IsDev] | yes",
        "!And [!Condition Unknown, !Condition IsDev] | unresolved-parameter-NoDefault",
        "!Or [!Condition Unknown, !Condition IsProd] | unresolved-parameter-NoDefault",
        "!Not [!Condition Unknown] | unresolved-parameter-NoDefault",
        "!Equals [!Ref Stage, !Sub 'd${X}'] | dunresolved-X",
        "!Equals [!Ref Stage, !Join ['', [d, ev]]] | yes",
        "!Equals [a] | unresolved-Fn-Equals",
        "!And [[a], [b]] | unresolved-a-condition",
        "!Equals [true, 'true'] | yes",
        "{Condition: IsDev} | yes",
        "!Condition IsProd | no"
      })
  void condition_ofEachForm_holdsOrNot(String condition, String expected) {
    String text =
        Templates.withVariable("!If [Tested, 'yes', 'no']")
            .replace("Conditions:\n", "Conditions:\n  Tested: " + condition + "\n");

    assertThat(Templates.read(folder, text).functions().get(0).environment())
        .containsEntry("V", expected);
  }

  @Test
  void condition_ofLongChain_doesNotOverflow() {
    StringBuilder chain = new StringBuilder("Conditions:\n");
    for (int i = 0; i < 5_000; i++) {
      chain.append("  C%d: !Not [!Condition C%d]\n".formatted(i, i + 1));
    }
    String text =
        Templates.withVariable("!If [C0, a, b]").replace("Conditions:\n", chain.toString());

    assertThat(Templates.read(folder, text).functions().get(0).environment())
        .containsEntry("V", "unresolved-deep-nesting");
  }

  @Test
  void sub_thatDoublesItself_isCutOff() {
    String value = "x".repeat(1_000);
    for (int i = 0; i < 40; i++) {
      value = "!Sub ['${a}${a}', {a: " + value + "}]";
    }
    FunctionDefinition function = read(value);

    assertThat(function.environment().get("V").length()).isBetween(1_000, 65_536);
    assertThat(function.notes()).hasSize(1);
    assertThat(function.notes().get(0))
        .endsWith(": it is longer than 65536 characters (--env V=VALUE)");
  }

  @Test
  void globals_resolvedForManyFunctions_endAtTheLimit() {
    StringBuilder text = new StringBuilder("Globals: {Function: {Environment: {Variables: {\n");
    for (int i = 0; i < 5_000; i++) {
      text.append("v%d: x,\n".formatted(i));
    }
    text.append("}}}}\nResources:\n");
    for (int i = 0; i < 1_000; i++) {
      text.append("  F%d: {Type: 'AWS::Serverless::Function', Properties:".formatted(i));
      text.append(" {Runtime: java17, Handler: a.B}}\n");
    }
    Path file = Templates.write(folder, text.toString());

    assertThatThrownBy(() -> Template.read(file, Map.of()))
        .isExactlyInstanceOf(TemplateException.class)
        .hasMessageEndingWith(": resolving the template takes more than 1000000 steps");
  }

  private FunctionDefinition read(String value) {
    return Templates.read(folder, Templates.withVariable(value)).functions().get(0);
  }
}
