package io.leakguard.chaos.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What SQS answers when messages are sent: the AWS SDKs compare the digests in it with their own,
 * so that an empty answer would be a failure. In JSON, and in XML as their older releases want it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
final class QueueAnswer {
  private static final String ONE = "SendMessage";
  private static final String SEVERAL = "SendMessageBatch";
  private static final String ENTRY = "SendMessageBatchRequestEntry.";

  private QueueAnswer() {}

  /** Empty where the request sends no messages. */
  static Optional<String> to(FullHttpRequest request) {
    String target = request.headers().get("X-Amz-Target", "");
    String body = request.content().toString(UTF_8);
    try {
      if (target.startsWith("AmazonSQS." + ONE)) {
        return Optional.of(json(target.endsWith(SEVERAL), body));
      }
      return body.contains("Action=" + ONE) ? xml(body) : Optional.empty();
    } catch (RuntimeException e) {
      // What no SDK sends is answered as anything else.
      return Optional.empty();
    }
  }

  private static String json(boolean several, String body) {
    JsonObject sent = JsonParser.parseString(body).getAsJsonObject();
    if (!several) {
      return receipt(sent).toString();
    }
    JsonArray receipts = new JsonArray();
    for (JsonElement entry : sent.getAsJsonArray("Entries")) {
      JsonObject receipt = receipt(entry.getAsJsonObject());
      receipt.add("Id", entry.getAsJsonObject().get("Id"));
      receipts.add(receipt);
    }
    JsonObject answer = new JsonObject();
    answer.add("Successful", receipts);
    answer.add("Failed", new JsonArray());
    return answer.toString();
  }

  private static JsonObject receipt(JsonObject message) {
    JsonObject receipt = new JsonObject();
    receipt.addProperty("MessageId", UUID.randomUUID().toString());
    receipt.addProperty(
        "MD5OfMessageBody", MessageDigests.ofBody(message.get("MessageBody").getAsString()));
    if (message.has("MessageAttributes")) {
      receipt.addProperty(
          "MD5OfMessageAttributes",
          MessageDigests.ofAttributes(attributes(message.getAsJsonObject("MessageAttributes"))));
    }
    return receipt;
  }

  private static Map<String, MessageDigests.Attribute> attributes(JsonObject sent) {
    Map<String, MessageDigests.Attribute> attributes = new TreeMap<>();
    sent.asMap()
        .forEach(
            (name, value) -> {
              Map<String, JsonElement> parts = value.getAsJsonObject().asMap();
              attributes.put(
                  name,
                  new MessageDigests.Attribute(
                      parts.get("DataType").getAsString(),
                      Optional.ofNullable(parts.get("StringValue")).map(JsonElement::getAsString),
                      Optional.ofNullable(parts.get("BinaryValue")).map(JsonElement::getAsString)));
            });
    return attributes;
  }

  private static Optional<String> xml(String form) {
    Map<String, List<String>> sent = new QueryStringDecoder(form, false).parameters();
    String action = first(sent, "Action");
    StringBuilder results = new StringBuilder();
    if (action.equals(ONE)) {
      results.append(receipt(sent, ""));
    } else if (action.equals(SEVERAL)) {
      for (int i = 1; sent.containsKey(ENTRY + i + ".Id"); i++) {
        results
            .append("<SendMessageBatchResultEntry><Id>")
            .append(first(sent, ENTRY + i + ".Id"))
            .append("</Id>")
            .append(receipt(sent, ENTRY + i + "."))
            .append("</SendMessageBatchResultEntry>");
      }
    } else {
      return Optional.empty();
    }
    String result = action + "Result";
    String response = action + "Response";
    return Optional.of(
        "<?xml version=\"1.0\"?><%s><%s>%s</%s></%s>"
            .formatted(response, result, results, result, response));
  }

  private static String receipt(Map<String, List<String>> sent, String prefix) {
    Map<String, MessageDigests.Attribute> attributes = attributes(sent, prefix);
    return "<MessageId>"
        + UUID.randomUUID()
        + "</MessageId><MD5OfMessageBody>"
        + MessageDigests.ofBody(first(sent, prefix + "MessageBody"))
        + "</MD5OfMessageBody>"
        + (attributes.isEmpty()
            ? ""
            : "<MD5OfMessageAttributes>"
                + MessageDigests.ofAttributes(attributes)
                + "</MD5OfMessageAttributes>");
  }

  private static Map<String, MessageDigests.Attribute> attributes(
      Map<String, List<String>> sent, String prefix) {
    Map<String, MessageDigests.Attribute> attributes = new TreeMap<>();
    for (int i = 1; sent.containsKey(prefix + "MessageAttribute." + i + ".Name"); i++) {
      String one = prefix + "MessageAttribute." + i + ".";
      attributes.put(
          first(sent, one + "Name"),
          new MessageDigests.Attribute(
              first(sent, one + "Value.DataType"),
              Optional.ofNullable(sent.get(one + "Value.StringValue")).map(all -> all.get(0)),
              Optional.ofNullable(sent.get(one + "Value.BinaryValue")).map(all -> all.get(0))));
    }
    return attributes;
  }

  private static String first(Map<String, List<String>> sent, String name) {
    return sent.getOrDefault(name, List.of("")).get(0);
  }
}
