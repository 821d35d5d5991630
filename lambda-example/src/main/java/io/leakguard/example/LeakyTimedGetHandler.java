package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.leakguard.LeakGuard;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Promises an answer in half a second, so it asks the inventory on a thread of its own and stops
 * waiting when the time is up.
 *
 * <p>The bug: only the waiting stops; the task is never cancelled and its read has no timeout, so
 * the thread and its socket stay for as long as the inventory hangs.
 */
public final class LeakyTimedGetHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final int CONNECT_TIMEOUT_MILLIS = 250;
  private static final int ANSWER_WITHIN_MILLIS = 500;

  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> guarded =
      LeakGuard.wrap(this::process);
  private final AtomicLong calls = new AtomicLong();
  private final URI base;

  /** Reads the inventory's address from {@code INVENTORY_URL}. */
  public LeakyTimedGetHandler() {
    this(InventoryAddress.fromEnvironment());
  }

  LeakyTimedGetHandler(URI base) {
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
    FutureTask<Boolean> check = new FutureTask<>(() -> covers(order));
    new Thread(check, "inventory-call-" + calls.incrementAndGet()).start();
    try {
      return Answers.decision(order, check.get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Answers.unavailable(504, order);
    } catch (ExecutionException e) {
      return Answers.unavailable(502, order);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answers.unavailable(503, order);
    }
  }

  private boolean covers(Order order) throws IOException {
    for (Order.Line line : order.lines()) {
      if (!line.isCoveredBy(stock(line.sku()))) {
        return false;
      }
    }
    return true;
  }

  private Stock stock(String sku) throws IOException {
    URI uri = InventoryAddress.stockOf(base, sku);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    try (InputStream body = connection.getInputStream()) {
      return Stock.parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    } finally {
      connection.disconnect();
    }
  }
}
