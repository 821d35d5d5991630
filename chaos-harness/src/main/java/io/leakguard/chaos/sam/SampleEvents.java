package io.leakguard.chaos.sam;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Events in the shape in which the services send them, each a function of its number alone. */
final class SampleEvents {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final DateTimeFormatter ACCESS_LOG =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final long SECONDS_PER_YEAR = 31_536_000L;
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "OPTIONS");
  private static final Pattern PATH_VARIABLE = Pattern.compile("\\{([^{}+]+)\\+?}");

  private static final String HTTP_V2 =
      """
      {
        "version": "2.0",
        "rawQueryString": "",
        "headers": {
          "accept": "application/json",
          "content-type": "application/json",
          "host": "local.execute-api.us-east-1.amazonaws.com",
          "user-agent": "leakguard-chaos",
          "x-forwarded-for": "127.0.0.1",
          "x-forwarded-port": "443",
          "x-forwarded-proto": "https"
        },
        "requestContext": {
          "accountId": "123456789012",
          "apiId": "local",
          "domainName": "local.execute-api.us-east-1.amazonaws.com",
          "domainPrefix": "local",
          "stage": "$default"
        },
        "isBase64Encoded": false
      }
      """;

  private static final String REST_V1 =
      """
      {
        "version": "1.0",
        "headers": {
          "accept": "application/json",
          "content-type": "application/json",
          "Host": "local.execute-api.us-east-1.amazonaws.com"
        },
        "multiValueHeaders": {
          "accept": ["application/json"],
          "content-type": ["application/json"],
          "Host": ["local.execute-api.us-east-1.amazonaws.com"]
        },
        "queryStringParameters": null,
        "multiValueQueryStringParameters": null,
        "pathParameters": null,
        "stageVariables": null,
        "requestContext": {
          "accountId": "123456789012",
          "apiId": "local",
          "protocol": "HTTP/1.1",
          "stage": "Prod",
          "identity": {"sourceIp": "127.0.0.1", "userAgent": "leakguard-chaos"}
        },
        "body": null,
        "isBase64Encoded": false
      }
      """;

  private SampleEvents() {}

  static String of(EventSource source, long n) {
    if (source.details().containsKey("input")) {
      return source.details().get("input");
    }
    return switch (source.kind()) {
      case HTTP_API, REST_API ->
          source.payloadFormatVersion().equals("1.0") ? rest(source, n) : http(source, n);
      case SQS -> batch(n);
      case SCHEDULE, EVENT_BRIDGE -> ServiceEvents.ofBridge(source, n);
      case LOGS, IOT, COGNITO, ALB, WEB_SOCKET -> ServiceEvents.of(source, n);
      case SNS, S3, DYNAMODB, KINESIS, FIREHOSE, KAFKA, MQ -> RecordEvents.of(source, n);
      case TEXT -> "\"o-" + n + "\"";
      case LIST -> "[" + order(Long.toString(n), n) + "]";
      case OTHER -> "{}";
    };
  }

  /** An order of one article, as plain fields and as a list: shops take one form or the other. */
  static String order(String id, long n) {
    JsonObject order = new JsonObject();
    order.addProperty("orderId", "o-" + id);
    addArticle(order, n);
    JsonObject line = new JsonObject();
    addArticle(line, n);
    JsonArray lines = new JsonArray();
    lines.add(line);
    order.add("lines", lines);
    return order.toString();
  }

  private static void addArticle(JsonObject target, long n) {
    target.addProperty("sku", "A-" + (Math.floorMod(n - 1, 5) + 1));
    target.addProperty("quantity", Math.floorMod(n - 1, 3) + 1);
  }

  private static String http(EventSource source, long n) {
    JsonObject event = JsonParser.parseString(HTTP_V2).getAsJsonObject();
    String path = path(source, n);
    String route = source.method() + " " + source.path();
    event.addProperty("routeKey", route);
    event.addProperty("rawPath", path);
    addPathParameters(event, source, n);
    JsonObject http = new JsonObject();
    http.addProperty("method", source.method());
    http.addProperty("path", path);
    http.addProperty("protocol", "HTTP/1.1");
    http.addProperty("sourceIp", "127.0.0.1");
    http.addProperty("userAgent", "leakguard-chaos");
    JsonObject context = event.getAsJsonObject("requestContext");
    context.addProperty("routeKey", route);
    context.addProperty("requestId", id("request", n));
    context.addProperty("time", ACCESS_LOG.format(at(n)));
    context.addProperty("timeEpoch", at(n).toEpochMilli());
    context.add("http", http);
    addBody(event, source, n);
    return event.toString();
  }

  private static String rest(EventSource source, long n) {
    JsonObject event = JsonParser.parseString(REST_V1).getAsJsonObject();
    String path = path(source, n);
    event.addProperty("resource", source.path());
    event.addProperty("path", path);
    event.addProperty("httpMethod", source.method());
    addPathParameters(event, source, n);
    JsonObject context = event.getAsJsonObject("requestContext");
    context.addProperty("resourcePath", source.path());
    context.addProperty("path", path);
    context.addProperty("httpMethod", source.method());
    context.addProperty("requestId", id("request", n));
    context.addProperty("requestTime", ACCESS_LOG.format(at(n)));
    context.addProperty("requestTimeEpoch", at(n).toEpochMilli());
    addBody(event, source, n);
    return event.toString();
  }

  private static void addBody(JsonObject event, EventSource source, long n) {
    if (!WITHOUT_BODY.contains(source.method())) {
      event.addProperty("body", order(Long.toString(n), n));
    }
  }

  /** The path with its variables filled: {@code /orders/{id}} becomes {@code /orders/o-7}. */
  private static String path(EventSource source, long n) {
    return PATH_VARIABLE.matcher(source.path()).replaceAll("o-" + n);
  }

  private static void addPathParameters(JsonObject event, EventSource source, long n) {
    JsonObject parameters = new JsonObject();
    Matcher variables = PATH_VARIABLE.matcher(source.path());
    while (variables.find()) {
      parameters.addProperty(variables.group(1), "o-" + n);
    }
    if (parameters.size() > 0) {
      event.add("pathParameters", parameters);
    }
  }

  private static String batch(long n) {
    JsonArray records = new JsonArray();
    records.add(message(n + "-1", n));
    records.add(message(n + "-2", n + 1));
    JsonObject event = new JsonObject();
    event.add("Records", records);
    return event.toString();
  }

  private static JsonObject message(String id, long n) {
    String body = order(id, n);
    JsonObject message = new JsonObject();
    message.addProperty("messageId", uuid("message " + id));
    message.addProperty("receiptHandle", uuid("receipt " + id));
    message.addProperty("body", body);
    message.add("attributes", attributes(n));
    message.add("messageAttributes", new JsonObject());
    message.addProperty("md5OfBody", md5(body));
    message.addProperty("eventSource", "aws:sqs");
    message.addProperty("eventSourceARN", ResourceNames.arn("AWS::SQS::Queue", "orders"));
    message.addProperty("awsRegion", PseudoParameters.REGION);
    return message;
  }

  private static JsonObject attributes(long n) {
    String sent = Long.toString(at(n).toEpochMilli());
    JsonObject attributes = new JsonObject();
    attributes.addProperty("ApproximateReceiveCount", "1");
    attributes.addProperty("SentTimestamp", sent);
    attributes.addProperty("SenderId", PseudoParameters.ACCOUNT);
    attributes.addProperty("ApproximateFirstReceiveTimestamp", sent);
    return attributes;
  }

  static Instant at(long n) {
    return START.plusSeconds(Math.floorMod(n, SECONDS_PER_YEAR));
  }

  static String id(String what, long n) {
    return uuid(what + " " + n);
  }

  static String md5(String body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  static String uuid(String of) {
    return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
