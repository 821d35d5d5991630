package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.leakguard.LeakGuard;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks for all lines of an order side by side.
 *
 * <p>The bug: the pool's {@code shutdown} is not in a {@code finally}, so one failed line leaves
 * the pool and its threads behind.
 */
public final class LeakyPoolHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Duration BUDGET = Duration.ofSeconds(1);
  private static final int MAX_PARALLEL = 4;

  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> guarded =
      LeakGuard.wrap(this::process);
  private final InventoryClient inventory;

  /** Reads the inventory's address from {@code INVENTORY_URL}. */
  public LeakyPoolHandler() {
    this(InventoryAddress.fromEnvironment());
  }

  LeakyPoolHandler(URI base) {
    this.inventory = new InventoryClient(base);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return guarded.handleRequest(event, context);
  }

  private APIGatewayV2HTTPResponse process(APIGatewayV2HTTPEvent event, Context context) {
    return Answers.to(event, this::reserve);
  }

  private APIGatewayV2HTTPResponse reserve(Order order) {
    Deadline deadline = Deadline.in(BUDGET);
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.min(order.lines().size(), MAX_PARALLEL));
    List<Future<Boolean>> checks =
        order.lines().stream().map(line -> pool.submit(() -> inStock(line, deadline))).toList();
    boolean inStock = true;
    for (Future<Boolean> check : checks) {
      inStock &= resultOf(check);
    }
    pool.shutdown();
    return Answers.decision(order, inStock);
  }

  private boolean inStock(Order.Line line, Deadline deadline) throws Exception {
    return line.isCoveredBy(inventory.stock(line.sku(), deadline));
  }

  private static boolean resultOf(Future<Boolean> check) {
    try {
      return check.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("stock check failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a stock check", e);
    }
  }
}
