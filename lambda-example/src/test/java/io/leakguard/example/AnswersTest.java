package io.leakguard.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AnswersTest {

  @Test
  void to_validOrder_isPassedOn() {
    APIGatewayV2HTTPResponse response = Answers.to(Requests.http(Requests.ORDER), Answers::pending);

    assertThat(response.getStatusCode()).isEqualTo(202);
    assertThat(response.getBody()).isEqualTo("{\"orderId\":\"o-1\",\"status\":\"pending\"}");
    assertThat(response.getHeaders()).containsEntry("content-type", "application/json");
  }

  @Test
  void to_base64Body_isDecoded() {
    String encoded =
        Base64.getEncoder().encodeToString(Requests.ORDER.getBytes(StandardCharsets.UTF_8));

    assertThat(Answers.to(base64(encoded), Answers::pending).getStatusCode()).isEqualTo(202);
  }

  @Test
  void to_brokenBase64_is400() {
    APIGatewayV2HTTPResponse response = Answers.to(base64("***"), Answers::pending);

    assertThat(response.getStatusCode()).isEqualTo(400);
    assertThat(response.getBody()).contains("body must be base64, but was 3 characters");
  }

  @Test
  void to_noBody_is400() {
    assertThat(Answers.to(Requests.http(null), Answers::pending).getStatusCode()).isEqualTo(400);
  }

  @Test
  void to_invalidOrder_is400WithTheReason() {
    APIGatewayV2HTTPResponse response = Answers.to(Requests.http("{}"), Answers::pending);

    assertThat(response.getStatusCode()).isEqualTo(400);
    assertThat(response.getBody()).contains("orderId must match");
  }

  @Test
  void decision_inStock_is200() {
    APIGatewayV2HTTPResponse response = Answers.decision(Requests.order(), true);

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getBody()).contains("\"accepted\"");
  }

  @Test
  void decision_notInStock_is409() {
    APIGatewayV2HTTPResponse response = Answers.decision(Requests.order(), false);

    assertThat(response.getStatusCode()).isEqualTo(409);
    assertThat(response.getBody()).contains("\"out of stock\"");
  }

  private static APIGatewayV2HTTPEvent base64(String body) {
    APIGatewayV2HTTPEvent event = Requests.http(body);
    event.setIsBase64Encoded(true);
    return event;
  }
}
