package io.leakguard.chaos.sam;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.leakguard.chaos.sam.EventSource.Kind;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventSourceTest {
  private static final EventSource HTTP =
      new EventSource("Post", Kind.HTTP_API, "HttpApi", "2.0", "POST", "/orders");
  private static final EventSource SQS = EventSource.of("Queue", Kind.SQS, "SQS");

  @TempDir Path folder;

  @Test
  void events_ofEachType_areRead() {
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
                  Events:
                    Post: {Type: HttpApi, Properties: {Path: /orders, Method: post}}
                    Old:
                      Type: HttpApi
                      Properties: {Path: '/o/{id}', Method: GET, PayloadFormatVersion: '1.0'}
                    Any: {Type: HttpApi, Properties: {Path: $default, Method: ANY}}
                    Bare: {Type: HttpApi}
                    Rest: {Type: Api, Properties: {Path: /r, Method: any}}
                    Queue: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn, BatchSize: 2}}
                    Nightly: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
                    Hourly: {Type: Schedule}
                    Upload: {Type: S3}
                    Broken: text
            """);

    assertThat(template.functions().get(0).events())
        .containsExactly(
            HTTP,
            new EventSource("Old", Kind.HTTP_API, "HttpApi", "1.0", "GET", "/o/{id}"),
            new EventSource("Any", Kind.HTTP_API, "HttpApi", "2.0", "POST", "/"),
            new EventSource("Bare", Kind.HTTP_API, "HttpApi", "2.0", "POST", "/"),
            new EventSource("Rest", Kind.REST_API, "Api", "1.0", "POST", "/r"),
            new EventSource("Queue", Kind.SQS, "SQS", "", "POST", "/"),
            new EventSource("Nightly", Kind.SCHEDULE, "ScheduleV2", "", "POST", "/"),
            new EventSource("Hourly", Kind.SCHEDULE, "Schedule", "", "POST", "/"),
            new EventSource("Upload", Kind.S3, "S3", "", "POST", "/"));
    assertThat(template.functions().get(0).sampleEvent(4)).isEqualTo(HTTP.sampleEvent(4));
  }

  @Test
  void sampleEvent_ofHttpApi_isPayloadFormatTwo() {
    JsonObject event = json(HTTP.sampleEvent(1));

    assertThat(event.keySet())
        .containsExactlyInAnyOrder(
            "version",
            "routeKey",
            "rawPath",
            "rawQueryString",
            "headers",
            "requestContext",
            "body",
            "isBase64Encoded");
    assertThat(event.get("version").getAsString()).isEqualTo("2.0");
    assertThat(event.get("routeKey").getAsString()).isEqualTo("POST /orders");
    assertThat(event.get("rawPath").getAsString()).isEqualTo("/orders");
    assertThat(event.get("isBase64Encoded").getAsBoolean()).isFalse();
    assertThat(event.get("body").getAsString()).isEqualTo(order("o-1", "A-1", 1));
    assertThat(event.getAsJsonObject("headers").get("content-type").getAsString())
        .isEqualTo("application/json");
    JsonObject context = event.getAsJsonObject("requestContext");
    assertThat(context.keySet())
        .containsExactlyInAnyOrder(
            "accountId",
            "apiId",
            "domainName",
            "domainPrefix",
            "stage",
            "routeKey",
            "requestId",
            "time",
            "timeEpoch",
            "http");
    assertThat(context.get("timeEpoch").getAsLong()).isEqualTo(1_767_225_601_000L);
    assertThat(context.get("time").getAsString()).isEqualTo("01/Jan/2026:00:00:01 +0000");
    assertThat(context.getAsJsonObject("http").toString())
        .isEqualTo(
            "{\"method\":\"POST\",\"path\":\"/orders\",\"protocol\":\"HTTP/1.1\","
                + "\"sourceIp\":\"127.0.0.1\",\"userAgent\":\"leakguard-chaos\"}");
  }

  @Test
  void sampleEvent_ofPathWithVariables_fillsThem() {
    EventSource source =
        new EventSource("Get", Kind.HTTP_API, "HttpApi", "2.0", "GET", "/shops/{shop}/{rest+}");

    JsonObject event = json(source.sampleEvent(7));

    assertThat(event.get("rawPath").getAsString()).isEqualTo("/shops/o-7/o-7");
    assertThat(event.get("routeKey").getAsString()).isEqualTo("GET /shops/{shop}/{rest+}");
    assertThat(event.get("pathParameters").toString())
        .isEqualTo("{\"shop\":\"o-7\",\"rest\":\"o-7\"}");
    assertThat(event.has("body")).isFalse();
  }

  @Test
  void sampleEvent_ofRestApi_isPayloadFormatOne() {
    EventSource source = new EventSource("Put", Kind.REST_API, "Api", "1.0", "PUT", "/o/{id}");

    JsonObject event = json(source.sampleEvent(2));

    assertThat(event.get("version").getAsString()).isEqualTo("1.0");
    assertThat(event.get("resource").getAsString()).isEqualTo("/o/{id}");
    assertThat(event.get("path").getAsString()).isEqualTo("/o/o-2");
    assertThat(event.get("httpMethod").getAsString()).isEqualTo("PUT");
    assertThat(event.get("pathParameters").toString()).isEqualTo("{\"id\":\"o-2\"}");
    assertThat(event.get("queryStringParameters").isJsonNull()).isTrue();
    assertThat(event.get("body").getAsString()).isEqualTo(order("o-2", "A-2", 2));
    assertThat(event.getAsJsonObject("multiValueHeaders").get("content-type").toString())
        .isEqualTo("[\"application/json\"]");
    JsonObject context = event.getAsJsonObject("requestContext");
    assertThat(context.get("httpMethod").getAsString()).isEqualTo("PUT");
    assertThat(context.get("resourcePath").getAsString()).isEqualTo("/o/{id}");
    assertThat(context.getAsJsonObject("identity").get("sourceIp").getAsString())
        .isEqualTo("127.0.0.1");
  }

  @Test
  void sampleEvent_ofRestApiWithoutBody_hasNullBody() {
    EventSource source = new EventSource("Get", Kind.REST_API, "Api", "1.0", "GET", "/");

    assertThat(json(source.sampleEvent(1)).get("body").isJsonNull()).isTrue();
  }

  @Test
  void sampleEvent_ofHttpApiInFormatOne_isTheRestShape() {
    EventSource source = new EventSource("Old", Kind.HTTP_API, "HttpApi", "1.0", "POST", "/o");

    assertThat(json(source.sampleEvent(1)).get("httpMethod").getAsString()).isEqualTo("POST");
  }

  @Test
  void sampleEvent_ofSqs_isBatchOfTwoOrders() {
    JsonArray records = json(SQS.sampleEvent(3)).getAsJsonArray("Records");

    assertThat(records).hasSize(2);
    JsonObject first = records.get(0).getAsJsonObject();
    JsonObject second = records.get(1).getAsJsonObject();
    assertThat(first.get("body").getAsString()).isEqualTo(order("o-3-1", "A-3", 3));
    assertThat(second.get("body").getAsString()).isEqualTo(order("o-3-2", "A-4", 1));
    assertThat(first.get("messageId")).isNotEqualTo(second.get("messageId"));
    assertThat(first.get("eventSource").getAsString()).isEqualTo("aws:sqs");
    assertThat(first.get("eventSourceARN").getAsString())
        .isEqualTo("arn:aws:sqs:us-east-1:123456789012:orders");
    assertThat(first.get("awsRegion").getAsString()).isEqualTo("us-east-1");
    assertThat(first.get("md5OfBody").getAsString()).isEqualTo("b8adbec71277a6bc9766010d1b71b486");
    assertThat(first.getAsJsonObject("attributes").keySet())
        .containsExactlyInAnyOrder(
            "ApproximateReceiveCount",
            "SentTimestamp",
            "SenderId",
            "ApproximateFirstReceiveTimestamp");
  }

  @Test
  void sampleEvent_ofSchedule_isEventBridgeEnvelope() {
    JsonObject event = json(EventSource.of("N", Kind.SCHEDULE, "Schedule").sampleEvent(1));

    assertThat(event.get("detail-type").getAsString()).isEqualTo("Scheduled Event");
    assertThat(event.get("source").getAsString()).isEqualTo("aws.events");
    assertThat(event.get("time").getAsString()).isEqualTo("2026-01-01T00:00:01Z");
    assertThat(event.get("detail").toString()).isEqualTo("{}");
  }

  @Test
  void sampleEvent_ofOtherKind_isEmptyObject() {
    assertThat(EventSource.of("U", Kind.OTHER, "S3").sampleEvent(9)).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void sampleEvent_ofAnyNumber_isValid(long n) {
    JsonObject body = json(json(HTTP.sampleEvent(n)).get("body").getAsString());

    assertThat(body.get("orderId").getAsString()).isEqualTo("o-" + n);
    assertThat(body.get("sku").getAsString()).matches("A-[1-5]");
    assertThat(body.get("quantity").getAsInt()).isBetween(1, 3);
    assertThat(json(SQS.sampleEvent(n)).getAsJsonArray("Records")).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"HTTP_API", "REST_API", "SQS", "SCHEDULE"})
  void sampleEvent_ofSameNumber_isSame_andOtherNumberHasOtherIds(Kind kind) {
    EventSource source = new EventSource("E", kind, "E", "2.0", "POST", "/");
    Pattern ids = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|o-[0-9][0-9-]*");
    Set<String> seen = new HashSet<>();

    for (long n = 1; n <= 500; n++) {
      assertThat(source.sampleEvent(n)).isEqualTo(source.sampleEvent(n));
      List<String> found =
          ids.matcher(source.sampleEvent(n)).results().map(id -> id.group()).distinct().toList();
      assertThat(found).isNotEmpty().noneMatch(seen::contains);
      seen.addAll(found);
    }
  }

  private static String order(String id, String sku, int quantity) {
    String article = "\"sku\":\"%s\",\"quantity\":%d".formatted(sku, quantity);
    return "{\"orderId\":\"%s\",%s,\"lines\":[{%s}]}".formatted(id, article, article);
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
