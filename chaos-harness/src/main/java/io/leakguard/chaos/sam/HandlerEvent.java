package io.leakguard.chaos.sam;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The event that a handler takes, by the first parameter of its method: for functions whose
 * template does not say what invokes them. The class is read as data; nothing of it is loaded.
 */
final class HandlerEvent {
  /** Method descriptors stand in the class file as plain text. */
  private static final Pattern DESCRIPTOR =
      Pattern.compile(
          "\\(L(?:com/amazonaws/services/lambda/runtime/events/(?:models/)?(?<event>\\w+)"
              + "|java/(?:lang|util)/(?<java>String|List));"
              + "Lcom/amazonaws/services/lambda/runtime/Context;\\)");

  private HandlerEvent() {}

  /** Empty where the method takes neither an event of AWS's library, nor text, nor a list. */
  static Optional<EventSource> of(byte[] classFile) {
    Matcher found = DESCRIPTOR.matcher(new String(classFile, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      return Optional.empty();
    }
    String type = found.group("event") == null ? found.group("java") : found.group("event");
    EventSource.Kind kind = kind(type);
    return kind == EventSource.Kind.OTHER
        ? Optional.empty()
        : Optional.of(EventSource.of("handler", kind, type));
  }

  private static EventSource.Kind kind(String type) {
    return switch (type) {
      case "APIGatewayProxyRequestEvent" -> EventSource.Kind.REST_API;
      case "APIGatewayV2HTTPEvent" -> EventSource.Kind.HTTP_API;
      case "APIGatewayV2WebSocketEvent" -> EventSource.Kind.WEB_SOCKET;
      case "ApplicationLoadBalancerRequestEvent" -> EventSource.Kind.ALB;
      case "SQSEvent" -> EventSource.Kind.SQS;
      case "SNSEvent" -> EventSource.Kind.SNS;
      case "S3Event", "S3EventNotification" -> EventSource.Kind.S3;
      case "DynamodbEvent" -> EventSource.Kind.DYNAMODB;
      case "KinesisEvent" -> EventSource.Kind.KINESIS;
      case "KinesisFirehoseEvent" -> EventSource.Kind.FIREHOSE;
      case "KafkaEvent" -> EventSource.Kind.KAFKA;
      case "ActiveMQEvent", "RabbitMQEvent" -> EventSource.Kind.MQ;
      case "ScheduledEvent" -> EventSource.Kind.SCHEDULE;
      case "CloudWatchLogsEvent" -> EventSource.Kind.LOGS;
      case "String" -> EventSource.Kind.TEXT;
      case "List" -> EventSource.Kind.LIST;
      default ->
          type.startsWith("CognitoUserPool") ? EventSource.Kind.COGNITO : EventSource.Kind.OTHER;
    };
  }
}
