package com.example.shop;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsBuilder;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** A function with metrics of its own, through the library that the guard has relocated. */
public final class PowertoolsHandler
    implements RequestHandler<Map<String, String>, Map<String, String>> {
  private final Metrics metrics =
      MetricsBuilder.builder().withNamespace("Shop").withService("prices").build();

  @Override
  public Map<String, String> handleRequest(Map<String, String> order, Context context) {
    Map<String, String> answer = Shop.price(order);
    metrics.addMetric("PricedOrders", 1, MetricUnit.COUNT);
    metrics.flush();
    return answer;
  }
}
