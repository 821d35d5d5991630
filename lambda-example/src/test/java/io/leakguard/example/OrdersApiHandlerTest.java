package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.leakguard.example.MisbehavingUpstream.Fault;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrdersApiHandlerTest {

  private final FakeContext context = new FakeContext();
  private MisbehavingUpstream upstream;
  private OrdersApiHandler handler;

  @BeforeEach
  void start() throws IOException {
    upstream = new MisbehavingUpstream();
    handler = new OrdersApiHandler(new InventoryClient(upstream.uri()));
  }

  @AfterEach
  void stop() throws IOException {
    upstream.close();
  }

  @Test
  void handleRequest_inStock_isAccepted() {
    APIGatewayV2HTTPResponse response = send(Requests.ORDER);

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getBody()).isEqualTo("{\"orderId\":\"o-1\",\"status\":\"accepted\"}");
  }

  @Test
  void handleRequest_notInStock_is409() {
    assertThat(send(Requests.TOO_LARGE_ORDER).getStatusCode()).isEqualTo(409);
  }

  @Test
  void handleRequest_invalidOrder_is400AndAsksNobody() {
    assertThat(send("{}").getStatusCode()).isEqualTo(400);
    assertThat(upstream.requests()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "SLOW,504",
    "HANG,504",
    "STALLED_BODY,504",
    "DRIPPING_BODY,504",
    "REFUSED,502",
    "RESET,502",
    "CUT_BODY,502",
    "ERROR_WITH_64_KB_BODY,502"
  })
  void handleRequest_upstreamFails_answersInTimeAndLogsOnce(Fault fault, int status)
      throws IOException {
    upstream.failWith(fault);
    long start = System.nanoTime();

    assertThat(send(Requests.ORDER).getStatusCode()).isEqualTo(status);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(context.logged()).singleElement().asString().startsWith("order o-1 not decided: ");
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "RESET", "CUT_BODY", "ERROR_WITH_64_KB_BODY", "HANG"})
  @EnabledOnOs(OS.LINUX)
  void handleRequest_repeatedFailure_leavesNothing(Fault fault) throws IOException {
    send(Requests.ORDER);
    LeakWatch watch = new LeakWatch(upstream.port());
    upstream.failWith(fault);

    for (int i = 0; i < 5; i++) {
      send(Requests.ORDER);
    }

    assertThat(watch.threads()).isEmpty();
    await().untilAsserted(() -> assertThat(watch.sockets()).isLessThan(2));
  }

  @Test
  void newHandler_withoutInventoryUrl_saysWhatIsMissing() {
    assertThatThrownBy(OrdersApiHandler::new).hasMessageStartingWith("INVENTORY_URL must be");
  }

  private APIGatewayV2HTTPResponse send(String body) {
    return handler.handleRequest(Requests.http(body), context);
  }
}
