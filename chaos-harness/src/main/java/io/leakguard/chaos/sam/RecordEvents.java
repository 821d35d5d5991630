package io.leakguard.chaos.sam;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.BiFunction;

/** Events with records: two in each batch, but one notification of a topic or a bucket. */
final class RecordEvents {
  private RecordEvents() {}

  static String of(EventSource source, long n) {
    return switch (source.kind()) {
      case SNS -> records("Records", RecordEvents::topic, n, 1);
      case S3 -> records("Records", (id, m) -> bucket(source, id, m), n, 1);
      case DYNAMODB -> records("Records", RecordEvents::table, n, 2);
      case KINESIS -> records("Records", RecordEvents::stream, n, 2);
      case FIREHOSE -> firehose(n);
      case KAFKA -> kafka(n);
      default -> broker(source, n);
    };
  }

  private static String records(
      String name, BiFunction<String, Long, JsonObject> record, long n, int count) {
    JsonArray records = new JsonArray();
    for (int i = 1; i <= count; i++) {
      records.add(record.apply(n + "-" + i, n + i - 1));
    }
    JsonObject event = new JsonObject();
    event.add(name, records);
    return event.toString();
  }

  private static JsonObject topic(String id, long n) {
    JsonObject message =
        object(
            """
            {
              "Type": "Notification",
              "TopicArn": "arn:aws:sns:us-east-1:123456789012:orders",
              "Subject": null,
              "SignatureVersion": "1",
              "Signature": "local",
              "SigningCertUrl": "https://sns.us-east-1.amazonaws.com/local.pem",
              "UnsubscribeUrl": "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
              "MessageAttributes": {}
            }
            """);
    message.addProperty("MessageId", SampleEvents.uuid("message " + id));
    message.addProperty("Message", SampleEvents.order(id, n));
    message.addProperty("Timestamp", millis(n));
    JsonObject record =
        object(
            """
            {
              "EventSource": "aws:sns",
              "EventVersion": "1.0",
              "EventSubscriptionArn": "arn:aws:sns:us-east-1:123456789012:orders:local"
            }
            """);
    record.add("Sns", message);
    return record;
  }

  /** With the milliseconds that the service always writes. */
  private static String millis(long n) {
    return SampleEvents.at(n).toString().replace("Z", ".000Z");
  }

  private static JsonObject bucket(EventSource source, String id, long n) {
    String name = source.details().getOrDefault("bucket", "orders");
    JsonObject object = new JsonObject();
    object.addProperty(
        "key",
        source.details().getOrDefault("prefix", "")
            + "o-"
            + id
            + source.details().getOrDefault("suffix", ".json"));
    object.addProperty("size", 1024);
    object.addProperty("eTag", SampleEvents.md5(id));
    object.addProperty("sequencer", String.format(Locale.ROOT, "%016X", n));
    JsonObject bucket = object("{\"ownerIdentity\": {\"principalId\": \"local\"}}");
    bucket.addProperty("name", name);
    bucket.addProperty("arn", "arn:aws:s3:::" + name);
    JsonObject s3 = object("{\"s3SchemaVersion\": \"1.0\", \"configurationId\": \"local\"}");
    s3.add("bucket", bucket);
    s3.add("object", object);
    JsonObject record =
        object(
            """
            {
              "eventVersion": "2.1",
              "eventSource": "aws:s3",
              "awsRegion": "us-east-1",
              "userIdentity": {"principalId": "local"},
              "requestParameters": {"sourceIPAddress": "127.0.0.1"},
              "responseElements": {"x-amz-request-id": "local", "x-amz-id-2": "local"}
            }
            """);
    record.addProperty("eventName", source.details().getOrDefault("event", "ObjectCreated:Put"));
    record.addProperty("eventTime", millis(n));
    record.add("s3", s3);
    return record;
  }

  private static JsonObject table(String id, long n) {
    JsonObject keys = object("{\"id\": {\"S\": \"o-" + id + "\"}}");
    JsonObject image = keys.deepCopy();
    image.add("sku", object("{\"S\": \"A-" + (Math.floorMod(n - 1, 5) + 1) + "\"}"));
    image.add("quantity", object("{\"N\": \"" + (Math.floorMod(n - 1, 3) + 1) + "\"}"));
    JsonObject change = new JsonObject();
    change.addProperty("ApproximateCreationDateTime", SampleEvents.at(n).getEpochSecond());
    change.add("Keys", keys);
    change.add("NewImage", image);
    change.addProperty("SequenceNumber", Long.toString(Math.abs(n)) + "00000000000000001");
    change.addProperty("SizeBytes", 59);
    change.addProperty("StreamViewType", "NEW_AND_OLD_IMAGES");
    JsonObject record =
        object(
            """
            {
              "eventName": "INSERT",
              "eventVersion": "1.1",
              "eventSource": "aws:dynamodb",
              "awsRegion": "us-east-1",
              "eventSourceARN":
                "arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000"
            }
            """);
    record.addProperty("eventID", SampleEvents.md5(id));
    record.add("dynamodb", change);
    return record;
  }

  private static JsonObject stream(String id, long n) {
    JsonObject data = new JsonObject();
    data.addProperty("kinesisSchemaVersion", "1.0");
    data.addProperty("partitionKey", "o-" + id);
    data.addProperty("sequenceNumber", "495" + Long.toString(Math.abs(n)));
    data.addProperty("data", base64(SampleEvents.order(id, n)));
    data.addProperty("approximateArrivalTimestamp", SampleEvents.at(n).getEpochSecond());
    JsonObject record =
        object(
            """
            {
              "eventSource": "aws:kinesis",
              "eventVersion": "1.0",
              "eventName": "aws:kinesis:record",
              "invokeIdentityArn": "arn:aws:iam::123456789012:role/local",
              "awsRegion": "us-east-1",
              "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/orders"
            }
            """);
    record.addProperty("eventID", "shardId-000000000000:495" + Math.abs(n) + id);
    record.add("kinesis", data);
    return record;
  }

  private static String firehose(long n) {
    JsonArray records = new JsonArray();
    for (int i = 1; i <= 2; i++) {
      JsonObject record = new JsonObject();
      record.addProperty("recordId", n + "-" + i);
      record.addProperty("approximateArrivalTimestamp", SampleEvents.at(n).toEpochMilli());
      record.addProperty("data", base64(SampleEvents.order(n + "-" + i, n)));
      records.add(record);
    }
    JsonObject event =
        object(
            """
            {
              "deliveryStreamArn":
                "arn:aws:firehose:us-east-1:123456789012:deliverystream/orders",
              "region": "us-east-1"
            }
            """);
    event.addProperty("invocationId", SampleEvents.id("invocation", n));
    event.add("records", records);
    return event.toString();
  }

  private static String kafka(long n) {
    JsonArray records = new JsonArray();
    for (int i = 1; i <= 2; i++) {
      JsonObject record =
          object("{\"topic\": \"orders\", \"partition\": 0, \"timestampType\": \"CREATE_TIME\"}");
      record.addProperty("offset", 2 * Math.abs(n) + i);
      record.addProperty("timestamp", SampleEvents.at(n).toEpochMilli());
      record.addProperty("key", base64("o-" + n));
      record.addProperty("value", base64(SampleEvents.order(n + "-" + i, n)));
      record.add("headers", new JsonArray());
      records.add(record);
    }
    JsonObject topics = new JsonObject();
    topics.add("orders-0", records);
    JsonObject event =
        object(
            """
            {
              "eventSource": "aws:kafka",
              "eventSourceArn": "arn:aws:kafka:us-east-1:123456789012:cluster/orders/local",
              "bootstrapServers": "kafka.invalid:9092"
            }
            """);
    event.add("records", topics);
    return event.toString();
  }

  private static String broker(EventSource source, long n) {
    boolean rabbit = source.details().getOrDefault("engine", "").equals("rabbitmq");
    JsonObject message = new JsonObject();
    message.addProperty("data", base64(SampleEvents.order(Long.toString(n), n)));
    message.addProperty("redelivered", false);
    JsonObject event = new JsonObject();
    event.addProperty("eventSource", rabbit ? "aws:rmq" : "aws:mq");
    event.addProperty("eventSourceArn", "arn:aws:mq:us-east-1:123456789012:broker:orders:local");
    if (rabbit) {
      message.add("basicProperties", object("{\"contentType\": \"text/plain\", \"headers\": {}}"));
      JsonObject queues = new JsonObject();
      queues.add("orders::/", array(message));
      event.add("rmqMessagesByQueue", queues);
    } else {
      message.addProperty("messageID", "ID:local-" + n);
      message.addProperty("messageType", "jms/text-message");
      message.addProperty("timestamp", SampleEvents.at(n).toEpochMilli());
      message.add("destination", object("{\"physicalName\": \"orders\"}"));
      event.add("messages", array(message));
    }
    return event.toString();
  }

  private static JsonArray array(JsonElement only) {
    JsonArray array = new JsonArray();
    array.add(only);
    return array;
  }

  private static JsonObject object(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
