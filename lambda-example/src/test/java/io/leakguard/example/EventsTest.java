package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events in {@code events/}, read as the Lambda runtime reads them. */
class EventsTest {

  private static final Path EVENTS = Path.of("..", "events");

  private final FakeContext context = new FakeContext();
  private MisbehavingUpstream upstream;
  private InventoryClient inventory;

  @BeforeEach
  void start() throws IOException {
    upstream = new MisbehavingUpstream();
    inventory = new InventoryClient(upstream.uri());
  }

  @AfterEach
  void stop() throws IOException {
    upstream.close();
  }

  @Test
  void httpApiEvent_isAccepted() throws IOException {
    APIGatewayV2HTTPEvent event = read("http-api-order.json", APIGatewayV2HTTPEvent.class);

    assertThat(event.getVersion()).isEqualTo("2.0");
    assertThat(event.getHeaders())
        .containsEntry("content-length", String.valueOf(event.getBody().length()));
    assertThat(new OrdersApiHandler(inventory).handleRequest(event, context).getStatusCode())
        .isEqualTo(200);
  }

  @Test
  void httpApiEventOfTheStock_isAccepted() throws IOException {
    APIGatewayV2HTTPEvent event = read("http-api-stock.json", APIGatewayV2HTTPEvent.class);

    assertThat(new OrdersStockHandler(inventory).handleRequest(event, context).getBody())
        .isEqualTo("{\"sku\":\"A-1\",\"available\":7}");
  }

  @Test
  void sqsEvent_isAcceptedWhole() throws IOException {
    SQSEvent event = read("sqs-orders.json", SQSEvent.class);

    assertThat(event.getRecords()).hasSize(2);
    assertThat(
            new OrdersBatchHandler(inventory).handleRequest(event, context).getBatchItemFailures())
        .isEmpty();
    assertThat(context.logged()).containsExactly("order o-1 accepted", "order o-2 accepted");
  }

  @Test
  void sqsEvent_bodiesHaveTheirDigest() throws IOException, NoSuchAlgorithmException {
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    for (SQSEvent.SQSMessage message : read("sqs-orders.json", SQSEvent.class).getRecords()) {
      byte[] digest = md5.digest(message.getBody().getBytes(StandardCharsets.UTF_8));

      assertThat(message.getMd5OfBody()).isEqualTo(HexFormat.of().formatHex(digest));
    }
  }

  private static <T> T read(String name, Class<T> type) throws IOException {
    byte[] json = Files.readAllBytes(EVENTS.resolve(name));
    return LambdaEventSerializers.serializerFor(type, type.getClassLoader())
        .fromJson(new ByteArrayInputStream(json));
  }
}
