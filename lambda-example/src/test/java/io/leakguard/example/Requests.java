package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Events and orders of the tests. */
final class Requests {

  static final String ORDER =
      """
      {"orderId":"o-1","lines":[{"sku":"A-1","quantity":2},{"sku":"B-7","quantity":1}]}""";
  static final String TOO_LARGE_ORDER =
      """
      {"orderId":"o-2","lines":[{"sku":"A-1","quantity":8}]}""";

  private Requests() {}

  static Order order() {
    return Order.parse(ORDER);
  }

  static Deadline enoughTime() {
    return Deadline.in(Duration.ofSeconds(20));
  }

  static APIGatewayV2HTTPEvent http(String body) {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setBody(body);
    return event;
  }

  /** One message per body, with the ids m-0, m-1 and so on. */
  static SQSEvent sqs(String... bodies) {
    List<SQSEvent.SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId("m-" + messages.size());
      message.setBody(body);
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return event;
  }
}
