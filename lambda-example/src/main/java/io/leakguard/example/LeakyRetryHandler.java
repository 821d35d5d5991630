package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.leakguard.LeakGuard;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Answers 202 while the inventory is away and decides the order a little later.
 *
 * <p>The bug: each failure starts a scheduler for its one retry, and none is ever shut down.
 */
public final class LeakyRetryHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Duration BUDGET = Duration.ofSeconds(1);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> guarded =
      LeakGuard.wrap(this::process);
  private final InventoryClient inventory;

  /** Reads the inventory's address from {@code INVENTORY_URL}. */
  public LeakyRetryHandler() {
    this(InventoryAddress.fromEnvironment());
  }

  LeakyRetryHandler(URI base) {
    this.inventory = new InventoryClient(base);
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
      context.getLogger().log("order " + order.orderId() + " pending: " + e.getMessage());
      retryLater(order, context.getLogger());
      return Answers.pending(order);
    }
  }

  private void retryLater(Order order, LambdaLogger log) {
    ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor();
    var unused =
        retries.schedule(() -> retry(order, log), RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void retry(Order order, LambdaLogger log) {
    try {
      boolean inStock = inventory.covers(order, Deadline.in(BUDGET));
      log.log("order " + order.orderId() + (inStock ? " accepted" : " out of stock"));
    } catch (IOException e) {
      log.log("order " + order.orderId() + " given up: " + e.getMessage());
    }
  }
}
