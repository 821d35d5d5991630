package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leakguard.chaos.sam.EventSource.Kind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Events of every kind of source, by what the handlers of AWS's event library read. */
class SampleEventsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "SNS | Records.0.Sns.Message.orderId | o-7-1",
        "SNS | Records.0.EventSource | aws:sns",
        "S3 | Records.0.s3.object.key | o-7-1.json",
        "S3 | Records.0.eventName | ObjectCreated:Put",
        "S3 | Records.0.s3.bucket.name | orders",
        "DYNAMODB | Records.1.dynamodb.NewImage.id.S | o-7-2",
        "DYNAMODB | Records.0.eventName | INSERT",
        "KINESIS | Records.1.kinesis.data.orderId | o-7-2",
        "FIREHOSE | records.0.data.orderId | o-7-1",
        "KAFKA | records.orders-0.1.value.orderId | o-7-2",
        "MQ | messages.0.data.orderId | o-7",
        "EVENT_BRIDGE | detail.orderId | o-7",
        "EVENT_BRIDGE | detail-type | Order",
        "SCHEDULE | detail-type | Scheduled Event",
        "ALB | body.orderId | o-7",
        "ALB | requestContext.elb.targetGroupArn |"
            + " arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/local/0123456789abcdef",
        "COGNITO | triggerSource | PreSignUp_SignUp",
        "COGNITO | userName | user-7",
        "IOT | orderId | o-7",
        "LOGS | awslogs.data.logEvents.0.message | [ERROR] order o-7 failed",
        "WEB_SOCKET | requestContext.eventType | MESSAGE",
        "WEB_SOCKET | body.orderId | o-7",
        "LIST | 0.orderId | o-7",
      })
  void sampleEvent_hasWhatItsHandlerReads(Kind kind, String path, String expected)
      throws Exception {
    JsonElement event = JsonParser.parseString(EventSource.of("E", kind, "E").sampleEvent(7));

    assertThat(at(event, path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void sampleEvent_ofAnyNumber_isJsonAndTheSameEachTime(Kind kind) {
    EventSource source = EventSource.of("E", kind, "E");
    for (long n : new long[] {0, 1, -1, 1_000_000, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(JsonParser.parseString(source.sampleEvent(n))).isNotNull();
      assertThat(source.sampleEvent(n)).isEqualTo(source.sampleEvent(n));
    }
  }

  @Test
  void events_ofTheTemplate_bringTheirDetails() throws Exception {
    Template template =
        Templates.read(
            folder,
            """
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Runtime: java21
                  Handler: a.B
                  FunctionUrlConfig: {AuthType: NONE}
                  Events:
                    Rule:
                      Type: EventBridgeRule
                      Properties: {Pattern: {source: [shop, x], detail-type: [Placed]}}
                    Upload:
                      Type: S3
                      Properties:
                        Bucket: !Ref Photos
                        Events: s3:ObjectCreated:*
                        Filter:
                          S3Key:
                            Rules: [{Name: prefix, Value: in/}, {Name: suffix, Value: .jpg}]
                    Login: {Type: Cognito, Properties: {Trigger: PostConfirmation}}
                    Nightly: {Type: Schedule, Properties: {Input: '{"job": 1}'}}
                    Hourly: {Type: Schedule, Properties: {Input: 'not json'}}
              Photos: {Type: 'AWS::S3::Bucket'}
            """);
    List<EventSource> events = template.functions().get(0).events();

    assertThat(value(events.get(0), "source")).isEqualTo("shop");
    assertThat(value(events.get(0), "detail-type")).isEqualTo("Placed");
    assertThat(value(events.get(1), "Records.0.s3.object.key")).isEqualTo("in/o-3-1.jpg");
    assertThat(value(events.get(1), "Records.0.s3.bucket.name")).isEqualTo("photos");
    assertThat(value(events.get(1), "Records.0.eventName")).isEqualTo("ObjectCreated:Put");
    assertThat(value(events.get(2), "triggerSource")).isEqualTo("PostConfirmation_ConfirmSignUp");
    assertThat(events.get(3).sampleEvent(1)).isEqualTo("{\"job\":1}");
    assertThat(value(events.get(4), "source")).isEqualTo("aws.events");
    assertThat(value(events.get(5), "version")).isEqualTo("2.0");
  }

  @Test
  void events_outsideOfTheFunction_areFoundByTheirNameOfIt() {
    Template template =
        Templates.read(
            folder,
            """
            Resources:
              F:
                Type: AWS::Lambda::Function
                Properties: {Runtime: java21, Handler: a.B, Code: ., FunctionName: orders}
              G:
                Type: AWS::Lambda::Function
                Properties: {Runtime: java21, Handler: a.B, Code: .}
              Mapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties: {FunctionName: !Ref F, EventSourceArn: !GetAtt Stream.Arn}
              Stream: {Type: 'AWS::Kinesis::Stream'}
              Balancer:
                Type: AWS::Lambda::Permission
                Properties:
                  FunctionName: !GetAtt G.Arn
                  Principal: elasticloadbalancing.amazonaws.com
              Account:
                Type: AWS::Lambda::Permission
                Properties: {FunctionName: !GetAtt G.Arn, Principal: '123456789012'}
            """);

    assertThat(template.functions().get(0).events())
        .extracting(EventSource::kind)
        .containsExactly(Kind.KINESIS);
    assertThat(template.functions().get(1).events())
        .extracting(EventSource::kind)
        .containsExactly(Kind.ALB);
  }

  @ParameterizedTest
  @CsvSource({
    "(Lcom/amazonaws/services/lambda/runtime/events/SQSEvent;, SQS",
    "(Lcom/amazonaws/services/lambda/runtime/events/models/s3/S3EventNotification;, ",
    "(Lcom/amazonaws/services/lambda/runtime/events/S3Event;, S3",
    "(Lcom/amazonaws/services/lambda/runtime/events/CognitoUserPoolPreSignUpEvent;, COGNITO",
    "(Lcom/amazonaws/services/lambda/runtime/events/LexEvent;, ",
    "(Ljava/lang/String;, TEXT",
    "(Ljava/util/List;, LIST",
    "(Ljava/util/Map;, "
  })
  void handlerEvent_isTheFirstParameters(String parameter, Kind kind) {
    byte[] classFile =
        ("\u00ca\u00fe V" + parameter + "Lcom/amazonaws/services/lambda/runtime/Context;)V x")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(HandlerEvent.of(classFile).map(EventSource::kind).orElse(null)).isEqualTo(kind);
  }

  @Test
  void instancesAndSnapshots_areRead() {
    Template template =
        Templates.read(
            folder,
            """
            Globals: {Function: {Runtime: java25, Handler: a.B}}
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  CapacityProviderConfig: {Arn: x, PerExecutionEnvironmentMaxConcurrency: 8}
              G:
                Type: AWS::Serverless::Function
                Properties: {SnapStart: {ApplyOn: PublishedVersions}}
              H: {Type: AWS::Serverless::Function, Properties: {SnapStart: {ApplyOn: None}}}
            """);
    Map<String, FunctionDefinition> functions =
        template.functions().stream()
            .collect(java.util.stream.Collectors.toMap(FunctionDefinition::logicalId, f -> f));

    assertThat(functions.get("F").maxConcurrency()).hasValue(8);
    assertThat(functions.get("F").notes()).singleElement().asString().contains("one at a time");
    assertThat(functions.get("G").snapStart()).isTrue();
    assertThat(functions.get("G").notes()).singleElement().asString().contains("approximated");
    assertThat(functions.get("H").snapStart()).isFalse();
    assertThat(functions.get("H").notes()).isEmpty();
  }

  private static String value(EventSource source, String path) throws Exception {
    return at(JsonParser.parseString(source.sampleEvent(3)), path);
  }

  /** Follows a path; text that is JSON, in Base64 or packed is looked into on the way. */
  private static String at(JsonElement event, String path) throws Exception {
    JsonElement at = event;
    for (String name : path.split("\\.")) {
      if (at.isJsonPrimitive()) {
        at = unpacked(at.getAsString());
      }
      at =
          at.isJsonArray()
              ? at.getAsJsonArray().get(Integer.parseInt(name))
              : at.getAsJsonObject().get(name);
    }
    return at.getAsString();
  }

  private static JsonObject unpacked(String text) throws Exception {
    if (text.startsWith("{")) {
      return JsonParser.parseString(text).getAsJsonObject();
    }
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes[0] == '{') {
      return unpacked(new String(bytes, StandardCharsets.UTF_8));
    }
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return unpacked(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
