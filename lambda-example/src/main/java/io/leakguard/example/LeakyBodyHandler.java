package io.leakguard.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.leakguard.LeakGuard;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Shares one client of {@code java.net.http} and reads the body as a stream.
 *
 * <p>The bug: on an error status the body is neither read nor closed, so its connection is never
 * given back; no thread shows it, only sockets do.
 */
public final class LeakyBodyHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(250);
  private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(500);

  private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> guarded =
      LeakGuard.wrap(this::process);
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final URI base;

  /** Reads the inventory's address from {@code INVENTORY_URL}. */
  public LeakyBodyHandler() {
    this(InventoryAddress.fromEnvironment());
  }

  LeakyBodyHandler(URI base) {
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
      return Answers.decision(order, covers(order));
    } catch (IOException e) {
      throw new UncheckedIOException("order " + order.orderId() + " not decided", e);
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
    HttpRequest request =
        HttpRequest.newBuilder(InventoryAddress.stockOf(base, sku))
            .timeout(REQUEST_TIMEOUT)
            .build();
    HttpResponse<InputStream> response = send(request);
    if (response.statusCode() != 200) {
      throw new IOException("inventory answered " + response.statusCode() + " for " + sku);
    }
    try (InputStream body = response.body()) {
      return Stock.parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the inventory", e);
    }
  }
}
