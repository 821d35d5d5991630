package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.leakguard.LeakGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

/**
 * Gives each order a client of its own, so that no order sees stock figures cached for another.
 *
 * <p>The bug: the client is closed on success only, so every failed call leaves one behind, with
 * its thread.
 */
public final class LeakyClientHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Duration BUDGET = Duration.ofSeconds(1);

  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> guarded =
      LeakGuard.wrap(this::process);
  private final URI base;

  /** Reads the inventory's address from {@code INVENTORY_URL}. */
  public LeakyClientHandler() {
    this(InventoryAddress.fromEnvironment());
  }

  LeakyClientHandler(URI base) {
    this.base = base;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return guarded.handleRequest(event, context);
  }

  private APIGatewayV2HTTPResponse process(APIGatewayV2HTTPEvent event, Context context) {
    return Answers.to(event, this::reserve);
  }

  private APIGatewayV2HTTPResponse reserve(Order order) {
    try {
      CachingInventoryClient inventory = new CachingInventoryClient(base);
      boolean inStock = inventory.covers(order, Deadline.in(BUDGET));
      inventory.close();
      return Answers.decision(order, inStock);
    } catch (IOException e) {
      throw new UncheckedIOException("order " + order.orderId() + " not decided", e);
    }
  }
}
