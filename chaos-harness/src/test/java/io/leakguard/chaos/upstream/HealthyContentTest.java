package io.leakguard.chaos.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthyContentTest {
  private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/x";

  @Test
  void of_anything_isAnEmptyObject() {
    assertThat(text(request("api.example"))).isEqualTo("{}");
  }

  @Test
  void of_clientOfS3_isAnEmptyElement() {
    FullHttpRequest request = request("bucket.s3.eu-west-1.amazonaws.com");
    request.headers().set("Authorization", SIGNED);

    assertThat(text(request)).startsWith("<?xml").endsWith("<Result></Result>");
    assertThat(HealthyContent.typeOf(HealthyContent.of(request))).isEqualTo("application/xml");
  }

  @Test
  void of_clientOfTheQueryProtocol_isAnEmptyElement() {
    FullHttpRequest request = request("sns.us-east-1.amazonaws.com");
    request.headers().set("Authorization", SIGNED);
    request.headers().set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

    assertThat(text(request)).startsWith("<?xml");
  }

  @Test
  void of_clientOfAJsonProtocol_isAnEmptyObject() {
    FullHttpRequest request = request("dynamodb.us-east-1.amazonaws.com");
    request.headers().set("Authorization", SIGNED);
    request.headers().set("Content-Type", "application/x-amz-json-1.0");

    assertThat(text(request)).isEqualTo("{}");
    assertThat(HealthyContent.typeOf(HealthyContent.of(request))).isEqualTo("application/json");
  }

  @Test
  void of_messageToAQueue_isItsReceipt() {
    FullHttpRequest request =
        request(
            "sqs.us-east-1.amazonaws.com",
            """
            {"QueueUrl": "q", "MessageBody": "This is a test message",
             "MessageAttributes": {"test_attribute": {"DataType": "String", "StringValue": "x"}}}
            """);
    request.headers().set("X-Amz-Target", "AmazonSQS.SendMessage");

    JsonObject receipt = JsonParser.parseString(text(request)).getAsJsonObject();
    assertThat(receipt.get("MD5OfMessageBody").getAsString())
        .isEqualTo("fafb00f5732ab283681e124bf8747ed1");
    assertThat(receipt.get("MD5OfMessageAttributes").getAsString()).hasSize(32);
    assertThat(receipt.get("MessageId").getAsString()).isNotBlank();
  }

  @Test
  void of_messagesToAQueue_isAReceiptForEach() {
    FullHttpRequest request =
        request(
            "sqs.us-east-1.amazonaws.com",
            "{\"Entries\": [{\"Id\": \"a\", \"MessageBody\": \"1\"},"
                + " {\"Id\": \"b\", \"MessageBody\": \"2\"}]}");
    request.headers().set("X-Amz-Target", "AmazonSQS.SendMessageBatch");

    JsonObject answer = JsonParser.parseString(text(request)).getAsJsonObject();
    assertThat(answer.getAsJsonArray("Successful")).hasSize(2);
    assertThat(answer.getAsJsonArray("Successful").get(1).getAsJsonObject().get("Id").getAsString())
        .isEqualTo("b");
    assertThat(answer.getAsJsonArray("Failed")).isEmpty();
  }

  @Test
  void of_messagesToAQueueAsAForm_isXml() {
    String one =
        text(
            request(
                "queue",
                "Action=SendMessage&MessageBody=This+is+a+test+message&MessageAttribute.1.Name=n"
                    + "&MessageAttribute.1.Value.DataType=String"
                    + "&MessageAttribute.1.Value.StringValue=v"));
    assertThat(one)
        .contains("<SendMessageResult><MessageId>")
        .contains("<MD5OfMessageBody>fafb00f5732ab283681e124bf8747ed1</MD5OfMessageBody>")
        .contains("<MD5OfMessageAttributes>");
    assertThat(
            text(
                request(
                    "queue",
                    "Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=a"
                        + "&SendMessageBatchRequestEntry.1.MessageBody=1")))
        .contains("<SendMessageBatchResultEntry><Id>a</Id><MessageId>");
  }

  @Test
  void digest_ofAttributes_isThatOfTheServicesOwnExamples() {
    // Lengths as four bytes, then name, type, 1 for text and 2 for bytes, value.
    assertThat(
            MessageDigests.ofAttributes(
                new TreeMap<>(
                    Map.of(
                        "timestamp",
                        new MessageDigests.Attribute(
                            "Number", Optional.of("1493147359900"), Optional.empty())))))
        .isEqualTo("235c5c510d26fb653d073faed50ae77c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"MessageBody\": 1", "{\"MessageBody\": {}}"})
  void of_whatNoSdkSends_isAnEmptyObject(String body) {
    FullHttpRequest request = request("sqs.us-east-1.amazonaws.com", body);
    request.headers().set("X-Amz-Target", "AmazonSQS.SendMessage");

    assertThat(text(request)).isEqualTo("{}");
  }

  private static FullHttpRequest request(String host) {
    return request(host, "");
  }

  private static FullHttpRequest request(String host, String body) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/x", Unpooled.copiedBuffer(body, UTF_8));
    request.headers().set("Host", host);
    return request;
  }

  private static String text(FullHttpRequest request) {
    return new String(HealthyContent.of(request), UTF_8);
  }
}
