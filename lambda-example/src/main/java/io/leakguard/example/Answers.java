package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.google.gson.Gson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The order API's side of HTTP: an order out of the request, a JSON body into the response. */
final class Answers {

  private static final Gson GSON = new Gson();
  private static final Map<String, String> HEADERS = Map.of("content-type", "application/json");

  private Answers() {}

  /** What {@code reserve} says to the event's order, or 400 where the event holds none. */
  static APIGatewayV2HTTPResponse to(
      APIGatewayV2HTTPEvent event, Function<Order, APIGatewayV2HTTPResponse> reserve) {
    Order order;
    try {
      order = Order.parse(bodyOf(event));
    } catch (InvalidOrderException e) {
      return invalid(e);
    }
    return reserve.apply(order);
  }

  static APIGatewayV2HTTPResponse invalid(InvalidOrderException refusal) {
    return answer(400, Map.of("message", refusal.getMessage()));
  }

  static APIGatewayV2HTTPResponse decision(Order order, boolean inStock) {
    return inStock ? status(200, order, "accepted") : status(409, order, "out of stock");
  }

  static APIGatewayV2HTTPResponse pending(Order order) {
    return status(202, order, "pending");
  }

  static APIGatewayV2HTTPResponse unavailable(int statusCode, Order order) {
    return status(statusCode, order, "inventory unavailable");
  }

  static APIGatewayV2HTTPResponse stock(Stock stock) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("sku", stock.sku());
    body.put("available", stock.available());
    return answer(200, body);
  }

  static APIGatewayV2HTTPResponse unavailable(int statusCode, String sku) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("sku", sku);
    body.put("status", "inventory unavailable");
    return answer(statusCode, body);
  }

  private static APIGatewayV2HTTPResponse status(int statusCode, Order order, String status) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("orderId", order.orderId());
    body.put("status", status);
    return answer(statusCode, body);
  }

  private static APIGatewayV2HTTPResponse answer(int statusCode, Map<String, ?> body) {
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(statusCode)
        .withHeaders(HEADERS)
        .withBody(GSON.toJson(body))
        .build();
  }

  private static String bodyOf(APIGatewayV2HTTPEvent event) {
    String body = event.getBody();
    if (body == null || !event.getIsBase64Encoded()) {
      return body;
    }
    try {
      return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new InvalidOrderException("body", "must be base64", body.length() + " characters");
    }
  }
}
