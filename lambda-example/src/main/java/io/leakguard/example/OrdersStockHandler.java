package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;

/**
 * Tells how much there is of an article: 200 with the number, 400 without an article, 504 and 502
 * where the inventory does not answer in time or fails. Leaves nothing behind.
 *
 * <p>Knows nothing of the guard: its function in the template has the layer and one variable.
 */
public final class OrdersStockHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Duration BUDGET = Duration.ofSeconds(1);

  private final InventoryClient inventory;

  /** Reads the inventory's address from {@code INVENTORY_URL}. */
  public OrdersStockHandler() {
    this(new InventoryClient(InventoryAddress.fromEnvironment()));
  }

  OrdersStockHandler(InventoryClient inventory) {
    this.inventory = inventory;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    Map<String, String> path = event.getPathParameters();
    String sku = path == null ? null : path.get("sku");
    try {
      Order.requireName("sku", sku);
      return Answers.stock(inventory.stock(sku, Deadline.in(BUDGET)));
    } catch (InvalidOrderException e) {
      return Answers.invalid(e);
    } catch (IOException e) {
      context.getLogger().log("stock of " + sku + " not known: " + e.getMessage());
      return Answers.unavailable(e instanceof SocketTimeoutException ? 504 : 502, sku);
    }
  }
}
