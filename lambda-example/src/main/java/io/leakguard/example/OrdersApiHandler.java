package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.leakguard.LeakGuard;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Takes an order from an API Gateway HTTP API: 200 where every line is in stock, 409 where not, 504
 * and 502 where the inventory does not answer in time or fails. Leaves nothing behind in any of
 * these cases.
 */
public final class OrdersApiHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Duration BUDGET = Duration.ofSeconds(1);

  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> guarded =
      LeakGuard.wrap(this::process);
  private final InventoryClient inventory;

  /** Reads the inventory's address from {@code INVENTORY_URL}. */
  public OrdersApiHandler() {
    this(new InventoryClient(InventoryAddress.fromEnvironment()));
  }

  OrdersApiHandler(InventoryClient inventory) {
    this.inventory = inventory;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return guarded.handleRequest(event, context);
  }

  private APIGatewayV2HTTPResponse process(APIGatewayV2HTTPEvent event, Context context) {
    return Answers.to(event, order -> reserve(order, context));
  }

  private APIGatewayV2HTTPResponse reserve(Order order, Context context) {
    try {
      return Answers.decision(order, inventory.covers(order, Deadline.in(BUDGET)));
    } catch (IOException e) {
      context.getLogger().log("order " + order.orderId() + " not decided: " + e.getMessage());
      return Answers.unavailable(e instanceof SocketTimeoutException ? 504 : 502, order);
    }
  }
}
