package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.leakguard.example.MisbehavingUpstream.Fault;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersStockHandlerTest {

  private final FakeContext context = new FakeContext();
  private MisbehavingUpstream upstream;
  private OrdersStockHandler handler;

  @BeforeEach
  void start() throws IOException {
    upstream = new MisbehavingUpstream();
    handler = new OrdersStockHandler(new InventoryClient(upstream.uri()));
  }

  @AfterEach
  void stop() throws IOException {
    upstream.close();
  }

  @Test
  void handleRequest_knownArticle_hasItsNumber() {
    APIGatewayV2HTTPResponse response = ask("A-1");

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getBody()).isEqualTo("{\"sku\":\"A-1\",\"available\":7}");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "../orders", "A 1"})
  void handleRequest_noArticle_is400AndAsksNobody(String sku) {
    APIGatewayV2HTTPResponse response = ask(sku);

    assertThat(response.getStatusCode()).isEqualTo(400);
    assertThat(response.getBody()).contains("sku must match");
    assertThat(upstream.requests()).isZero();
  }

  @Test
  void handleRequest_withoutPathParameters_is400() {
    assertThat(handler.handleRequest(new APIGatewayV2HTTPEvent(), context).getStatusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"HANG,504", "STALLED_BODY,504", "REFUSED,502", "CUT_BODY,502", "NOT_JSON,502"})
  void handleRequest_upstreamFails_saysSoAndLogsOnce(Fault fault, int status) throws IOException {
    upstream.failWith(fault);

    APIGatewayV2HTTPResponse response = ask("A-1");

    assertThat(response.getStatusCode()).isEqualTo(status);
    assertThat(response.getBody())
        .isEqualTo("{\"sku\":\"A-1\",\"status\":\"inventory unavailable\"}");
    assertThat(context.logged()).singleElement().asString().startsWith("stock of A-1 not known: ");
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "CUT_BODY", "ERROR_WITH_64_KB_BODY", "HANG"})
  @EnabledOnOs(OS.LINUX)
  void handleRequest_repeatedFailure_leavesNoThread(Fault fault) throws IOException {
    ask("A-1");
    LeakWatch watch = new LeakWatch(upstream.port());
    upstream.failWith(fault);

    for (int i = 0; i < 5; i++) {
      ask("A-1");
    }

    assertThat(watch.threads()).isEmpty();
  }

  @Test
  void newHandler_withoutInventoryUrl_saysWhatIsMissing() {
    assertThatThrownBy(OrdersStockHandler::new).hasMessageStartingWith("INVENTORY_URL must be");
  }

  private APIGatewayV2HTTPResponse ask(String sku) {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setPathParameters(sku == null ? Map.of() : Map.of("sku", sku));
    return handler.handleRequest(event, context);
  }
}
