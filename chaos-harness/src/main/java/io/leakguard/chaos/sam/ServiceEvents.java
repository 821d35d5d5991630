package io.leakguard.chaos.sam;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Events that come alone, from services that are no queue. */
final class ServiceEvents {
  private static final String ALB_TEMPLATE =
      """
      {
        "requestContext": {
          "elb": {
            "targetGroupArn":
              "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/local/0123456789abcdef"
          }
        },
        "httpMethod": "POST",
        "path": "/",
        "queryStringParameters": {},
        "headers": {
          "accept": "application/json",
          "content-type": "application/json",
          "host": "local.us-east-1.elb.amazonaws.com",
          "x-forwarded-for": "127.0.0.1",
          "x-forwarded-port": "443",
          "x-forwarded-proto": "https"
        },
        "isBase64Encoded": false
      }
      """;

  private static final String COGNITO_TEMPLATE =
      """
      {
        "version": "1",
        "region": "us-east-1",
        "userPoolId": "us-east-1_local",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "local"},
        "request": {
          "userAttributes": {"email": "user@example.com", "email_verified": "true"},
          "validationData": {},
          "clientMetadata": {}
        },
        "response": {}
      }
      """;

  private static final String WEB_SOCKET_TEMPLATE =
      """
      {
        "requestContext": {
          "routeKey": "$default",
          "eventType": "MESSAGE",
          "messageDirection": "IN",
          "stage": "local",
          "apiId": "local",
          "connectionId": "local",
          "domainName": "local.execute-api.us-east-1.amazonaws.com",
          "identity": {"sourceIp": "127.0.0.1"}
        },
        "isBase64Encoded": false
      }
      """;

  private ServiceEvents() {}

  static String of(EventSource source, long n) {
    return switch (source.kind()) {
      case ALB -> loadBalancer(n);
      case COGNITO -> trigger(source, n);
      case WEB_SOCKET -> message(n);
      case LOGS -> logs(n);
      default -> SampleEvents.order(Long.toString(n), n);
    };
  }

  /** The envelope of EventBridge: of a schedule without a detail, of a rule with an order in it. */
  static String ofBridge(EventSource source, long n) {
    boolean scheduled = source.kind() == EventSource.Kind.SCHEDULE;
    JsonArray resources = new JsonArray();
    if (scheduled) {
      resources.add("arn:aws:events:us-east-1:123456789012:rule/local");
    }
    JsonObject event = new JsonObject();
    event.addProperty("version", "0");
    event.addProperty("id", SampleEvents.id("schedule", n));
    event.addProperty(
        "detail-type",
        source.details().getOrDefault("detailType", scheduled ? "Scheduled Event" : "Order"));
    event.addProperty(
        "source", source.details().getOrDefault("source", scheduled ? "aws.events" : "local"));
    event.addProperty("account", PseudoParameters.ACCOUNT);
    event.addProperty("time", SampleEvents.at(n).toString());
    event.addProperty("region", PseudoParameters.REGION);
    event.add("resources", resources);
    event.add(
        "detail",
        scheduled
            ? new JsonObject()
            : JsonParser.parseString(SampleEvents.order(Long.toString(n), n)));
    return event.toString();
  }

  private static String loadBalancer(long n) {
    JsonObject event = JsonParser.parseString(ALB_TEMPLATE).getAsJsonObject();
    event
        .getAsJsonObject("headers")
        .addProperty("x-amzn-trace-id", "Root=1-" + SampleEvents.id("trace", n));
    event.addProperty("body", SampleEvents.order(Long.toString(n), n));
    return event.toString();
  }

  private static String trigger(EventSource source, long n) {
    JsonObject event = JsonParser.parseString(COGNITO_TEMPLATE).getAsJsonObject();
    event.addProperty("userName", "user-" + n);
    event.addProperty(
        "triggerSource", triggerSource(source.details().getOrDefault("trigger", "PreSignUp")));
    event
        .getAsJsonObject("request")
        .getAsJsonObject("userAttributes")
        .addProperty("sub", SampleEvents.id("user", n));
    return event.toString();
  }

  /** The most usual source of each trigger of a user pool. */
  private static String triggerSource(String trigger) {
    return switch (trigger) {
      case "PreAuthentication" -> "PreAuthentication_Authentication";
      case "PostAuthentication" -> "PostAuthentication_Authentication";
      case "PostConfirmation" -> "PostConfirmation_ConfirmSignUp";
      case "PreTokenGeneration" -> "TokenGeneration_Authentication";
      case "CustomMessage" -> "CustomMessage_SignUp";
      case "DefineAuthChallenge" -> "DefineAuthChallenge_Authentication";
      case "CreateAuthChallenge" -> "CreateAuthChallenge_Authentication";
      case "VerifyAuthChallengeResponse" -> "VerifyAuthChallengeResponse_Authentication";
      case "UserMigration" -> "UserMigration_Authentication";
      default -> "PreSignUp_SignUp";
    };
  }

  private static String message(long n) {
    JsonObject event = JsonParser.parseString(WEB_SOCKET_TEMPLATE).getAsJsonObject();
    JsonObject context = event.getAsJsonObject("requestContext");
    context.addProperty("requestId", SampleEvents.id("request", n));
    context.addProperty("messageId", SampleEvents.id("message", n));
    context.addProperty("requestTimeEpoch", SampleEvents.at(n).toEpochMilli());
    event.addProperty("body", SampleEvents.order(Long.toString(n), n));
    return event.toString();
  }

  /** A subscription's batch is JSON, in GZIP, in Base64. */
  private static String logs(long n) {
    JsonObject line = new JsonObject();
    line.addProperty("id", SampleEvents.id("line", n));
    line.addProperty("timestamp", SampleEvents.at(n).toEpochMilli());
    line.addProperty("message", "[ERROR] order o-" + n + " failed");
    JsonArray lines = new JsonArray();
    lines.add(line);
    JsonArray filters = new JsonArray();
    filters.add("local");
    JsonObject batch = new JsonObject();
    batch.addProperty("messageType", "DATA_MESSAGE");
    batch.addProperty("owner", PseudoParameters.ACCOUNT);
    batch.addProperty("logGroup", "/local/orders");
    batch.addProperty("logStream", "local");
    batch.add("subscriptionFilters", filters);
    batch.add("logEvents", lines);
    JsonObject data = new JsonObject();
    data.addProperty("data", Base64.getEncoder().encodeToString(zipped(batch.toString())));
    JsonObject event = new JsonObject();
    event.add("awslogs", data);
    return event.toString();
  }

  private static byte[] zipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }
}
